"""Commands of the ground: serve, worker, migrate, check, retention, audit."""

import argparse
import os
import subprocess
import sys
from typing import Any

from .backup.commands import add as add_backup
from .retention.commands import add as add_retention


def add(commands: Any) -> None:
    """Add this room's commands to `naast`."""
    serve = commands.add_parser("serve", help="serve pages with granian")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--workers", type=int, default=1)
    serve.add_argument("--threads", type=int, default=8)
    serve.set_defaults(run=run_serve)
    work = commands.add_parser("worker", help="run queued jobs")
    work.add_argument("--batch", action="store_true", help="stop when the queue is empty")
    work.set_defaults(run=run_worker)
    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.set_defaults(run=run_migrate)
    check = commands.add_parser("check", help="check settings and declarations")
    check.add_argument("--deploy", action="store_true")
    check.set_defaults(run=run_check)
    add_retention(commands)
    add_backup(commands)
    audit = commands.add_parser("audit", help="the access log").add_subparsers(required=True)
    verify = audit.add_parser("verify", help="make every seal again; exit 1 names the first broken line")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=run_verify)


def granian_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    """Return the command line that serves Naast."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads), "--no-access-log", "--log-level", "error",
        "--backlog", "512", "naast.wsgi:application",
    ]  # fmt: skip


def _half_restored() -> bool:
    """Tell, in words too, that what was erased may stand here again: nobody may see it."""
    from .backup import restoring

    why = restoring.unfinished()
    if why:
        print(f"naast: {why}", file=sys.stderr)
    return bool(why)


def run_serve(options: argparse.Namespace) -> int:
    """Serve until stopped. Status 1 while a restore is not finished."""
    if _half_restored():
        return 1
    warn_of_keys()
    command = granian_command(options.host, options.port, options.workers, options.threads)
    os.execv(command[0], command)  # noqa: S606


def run_worker(options: argparse.Namespace) -> int:
    """Bring up to date what an upgrade left, then work until stopped. Status 1 while a restore is not finished."""
    if _half_restored():
        return 1
    from . import upgrades
    from .worker import HouseWorker

    warn_of_keys()
    upgrades.tell()
    HouseWorker(batch=options.batch).run()
    return 0


def run_migrate(options: argparse.Namespace) -> int:
    """Migrate, make the table of the shared cache, and bring up to date what rooms made with the code of before."""
    from django.core.management import call_command

    from . import upgrades

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    upgrades.tell()
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Run Django's and our own checks; exit 1 on an error."""
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", deploy=options.deploy)
    except SystemCheckError as error:
        print(error)
        return 1
    from django.db import DatabaseError

    from .keys import queries

    try:
        line = queries.missing_line(queries.need().missing)
    except DatabaseError:  # not made yet
        return 0
    if line:
        print(line)
    return 1 if line else 0


def warn_of_keys() -> None:
    """Say at the start, in one line, which ring keys are missing that texts still need. A database not made yet is fine."""
    from django.db import DatabaseError

    from .keys import queries

    try:
        line = queries.quick_warning()
    except DatabaseError:
        return
    if line:
        print(f"naast: {line}", file=sys.stderr)


def run_verify(options: argparse.Namespace) -> int:
    """Make every seal of the access log again and name the first line that does not fit; exit 1 when there is one."""
    from .auditing import checking

    def tell(hours: int, lines: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{hours} uren, {lines} regels nagekeken", end="", file=sys.stderr, flush=True)

    found = checking.verify(tell)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(checking.as_json(found) if options.json else checking.report(found))
    return 0 if found.whole else 1


def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a process of the house in a group of its own."""
    return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603
