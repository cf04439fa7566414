"""Commands of the ground: serve, worker, migrate, check, retention, audit."""

import argparse
import json
import os
import subprocess
import sys
from typing import Any


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
    retention = commands.add_parser("retention", help="erase what is past its rule").add_subparsers(required=True)
    run = retention.add_parser("run", help="run the rules now")
    run.add_argument("--json", action="store_true")
    run.set_defaults(run=run_retention)
    audit = commands.add_parser("audit", help="the access log").add_subparsers(required=True)
    verify = audit.add_parser("verify", help="recompute the seals; exit 1 names the first broken hour")
    verify.set_defaults(run=run_verify)


def granian_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    """Return the command line that serves Naast."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads), "--no-access-log", "--log-level", "error",
        "--backlog", "512", "naast.wsgi:application",
    ]  # fmt: skip


def run_serve(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    command = granian_command(options.host, options.port, options.workers, options.threads)
    os.execv(command[0], command)  # noqa: S606


def run_worker(options: argparse.Namespace) -> int:
    """Bring up to date what an upgrade left, then work until stopped."""
    from . import upgrades
    from .worker import HouseWorker

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
    return 0


def run_retention(options: argparse.Namespace) -> int:
    """Erase what is past its rule; prints counts, never content."""
    from .tasks import retention

    counts = retention()
    print(json.dumps(counts) if options.json else "\n".join(f"{kind}: {number}" for kind, number in counts.items()))
    return 0


def run_verify(options: argparse.Namespace) -> int:
    """Recompute the seals of the access log."""
    from .audit import first_broken_hour

    broken = first_broken_hour()
    print("De zegels kloppen." if broken is None else f"Het eerste gebroken uur: {broken.isoformat()}")
    return 0 if broken is None else 1


def start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a process of the house in a group of its own."""
    return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603
