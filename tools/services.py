"""Servers that the tests need: a PostgreSQL cluster and a Valkey (or Redis), on own ports, gone when the tests end."""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Missing(SystemExit):
    """A server that the tests need is not on this machine. The suite fails; it never skips silently."""

    def __init__(self, what: str) -> None:
        print(f"The tests need {what}, and it is not here.", file=sys.stderr)
        super().__init__(2)


def free_port() -> int:
    """Return a port of the loopback interface that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(port: int, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise Missing(f"a server on port {port} that answers")


def _postgres_bin() -> Path:
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True)
    place = found[0] if found else shutil.which("initdb")
    if not place:
        raise Missing("PostgreSQL (initdb)")
    return Path(place).parent


def _unprivileged() -> tuple[list[str], str | None]:
    """PostgreSQL refuses root: then run it as another user of the machine."""
    if os.geteuid() != 0:
        return [], None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return ["setpriv", f"--reuid={name}", "--clear-groups", "--"], name
    raise Missing("a user other than root for PostgreSQL")


@contextmanager
def postgres() -> Iterator[str]:
    """Run a throw-away cluster; gives its address as NAAST_DATABASE_URL takes it."""
    where = _postgres_bin()
    prefix, owner = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="naast-pg-"))
    port = free_port()
    if owner:
        shutil.chown(folder, owner)
    folder.chmod(0o700)
    data = folder / "data"
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    process = None
    try:
        subprocess.run(
            [*prefix, str(where / "initdb"), "-D", str(data), "-U", "naast", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync"], **run,
        )  # fmt: skip
        process = subprocess.Popen(
            [*prefix, str(where / "postgres"), "-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder),
             "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=200"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        )  # fmt: skip
        _wait(port)
        yield f"postgres://naast@127.0.0.1:{port}/postgres"
    finally:
        if process:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def valkey() -> Iterator[str]:
    """Run a throw-away Valkey or Redis; gives its address as NAAST_VALKEY_URL takes it."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if not program:
        raise Missing("Valkey or Redis")
    port = free_port()
    process = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(timeout=10)


def chromium() -> str:
    """Return Debian's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        raise Missing("Chromium")
    return found
