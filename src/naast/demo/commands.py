"""`naast demo`: everything on this machine, filled, with one web process and one worker."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

READY_WITHIN = 100  # seconds


def add(commands: Any) -> None:
    """Add this room's command to `naast`."""
    demo = commands.add_parser("demo", help="start the demonstration")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--prepare", action="store_true", help="fill the database and stop")
    demo.set_defaults(run=run_demo)


def prepare() -> None:
    """Bring database, static files and the demonstration's content up to date; what is there is kept."""
    from django.core.management import call_command

    from naast.core import upgrades
    from naast.core.commands import run_migrate

    from .loading import load_demo, stamp

    var = Path(os.environ.get("NAAST_VAR", "var")).resolve()
    mark = var / "demo.stamp"
    now = stamp()
    if mark.exists() and mark.read_text() == now:
        upgrades.tell()
        return
    print("Naast maakt de demonstratie klaar. Dat duurt de eerste keer ongeveer een minuut.", flush=True)
    run_migrate(argparse.Namespace())
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    load_demo()
    mark.write_text(now)


def run_demo(options: argparse.Namespace) -> int:
    """Prepare, then supervise one web process with threads and one worker until stopped."""
    from naast.core.commands import granian_command, start

    from .places import OWN_HOST

    if not options.prepare and _in_use(options.port):
        print(f"Poort {options.port} is al in gebruik. Probeer: make demo PORT={options.port + 100}", file=sys.stderr)
        return 1
    prepare()
    if options.prepare:
        return 0
    # Static files are looked up when the server starts, so they must be collected before it does.
    environment = {**os.environ, "NAAST_DEMO": "1"}
    children = [
        start(granian_command("127.0.0.1", options.port, 1, 4), environment),
        start([sys.executable, "-m", "naast", "worker"], environment),
    ]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop_asked)  # also where a shell started us with SIGINT ignored
    address = f"http://127.0.0.1:{options.port}/"
    try:
        if not _answers(f"{address}-/ready", children):
            print("Naast is niet gestart. Wat er misging staat hierboven.", file=sys.stderr)
            return 1
        print(f"Naast is ready: {address}", flush=True)
        print(f"Een gemeente met een eigen adres: http://{OWN_HOST}:{options.port}/", flush=True)
        while True:
            for child in children:
                if child.poll() is not None:
                    print("Een proces van Naast is gestopt; de rest stopt nu ook.", file=sys.stderr)
                    return 1
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(children)


def _stop_asked(number: int, frame: Any) -> None:
    raise KeyboardInterrupt


def _in_use(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(address: str, children: list[subprocess.Popen[bytes]]) -> bool:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        if any(child.poll() is not None for child in children):
            return False
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    # Once, and then wait: a second signal would cut a task in two.
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
