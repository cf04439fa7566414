"""Commands about keys: make one, turn them, say who needs which and whether an old one may go."""

import argparse
import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def add(commands: Any) -> None:
    """Add this room's commands to `naast`."""
    keys = commands.add_parser("keys", help="keys of the installation").add_subparsers(required=True)
    new = keys.add_parser("new", help="print a new entry for NAAST_KEYRING, or for NAAST_LOCKER_SALTS with --salt")
    new.add_argument("--salt", action="store_true")
    new.set_defaults(run=run_new)
    rotate = keys.add_parser(
        "rotate",
        help="seal all texts under the newest keys; may be stopped and run again",
        description="Seals all texts under the newest keys, in small steps, while the house runs. "
        "Ctrl-C or a kill loses nothing: run it again.",
    )
    rotate.add_argument("--json", action="store_true")
    rotate.add_argument("--place", metavar="SLUG", help="give this place a fresh key and move its texts to it")
    rotate.add_argument("--drop", metavar="ID", help="say whether this key may go; exit 1 when it is still needed")
    rotate.add_argument(
        "--drop-salt", metavar="ID", help="say whether this salt may go; exit 1 when it is still needed"
    )
    rotate.set_defaults(run=run_rotate)
    status = keys.add_parser("status", help="show which keys and salts are needed, by what; changes nothing")
    status.add_argument("--json", action="store_true")
    status.set_defaults(run=run_status)


def run_new(options: argparse.Namespace) -> int:
    """Print an entry with the next free id. It stands nowhere else: put it in front of the others."""
    from django.conf import settings

    from naast.settings.env import new_entry

    known = settings.NAAST_LOCKER_SALTS if options.salt else settings.NAAST_KEYRING
    prefix = "" if options.salt else "k"
    number = next(count for count in range(1, 10_000) if f"{prefix}{count}" not in known)
    print(new_entry(f"{prefix}{number}"))
    return 0


def run_rotate(options: argparse.Namespace) -> int:
    """Turn the keys, or answer whether one may go. Exit 1: stopped halfway, or something needs a key that is not there."""
    from naast.core.keys import turning
    from naast.lockers import rotation
    from naast.places import queries as places

    for kind, entry_id in (("key", options.drop), ("salt", options.drop_salt)):
        if entry_id:
            reason = rotation.why_not(kind, entry_id)
            again = " Draai daarna nog één keer naast keys rotate." if kind == "key" else ""
            print(reason or f"{entry_id} mag weg: haal hem uit de omgeving en start opnieuw.{again}")
            return 1 if reason else 0
    place_id = None
    if slug := getattr(options, "place", None):
        place = places.by_slug(slug)
        if place is None:
            print(f"naast: er is geen plaats {slug}.", file=sys.stderr)
            return 2
        place_id = place.id
        turning.begin(place_id)
    with _asked_to_stop() as stop:
        try:
            report = rotation.rotate(place_id=place_id, tell=_teller(), stop=stop)
        except rotation.Stopped:
            print(
                json.dumps({"stopped": True})
                if options.json
                else "Gestopt. Draai opnieuw: het gaat verder waar het was."
            )
            return 1
    if options.json:
        print(json.dumps({"stopped": False} | _told(report)))
    else:
        print("\n".join(f"{model}: {number} teksten opnieuw versleuteld" for model, number in report.turned.items()))
        print(f"Sleutels van plaatsen opnieuw verpakt: {report.rewrapped}, oude gewist: {report.forgotten}")
        _show(report)
    return 1 if report.lost else 0


def run_status(options: argparse.Namespace) -> int:
    """Show what needs which key. Exit 1: something needs a key or salt that is not there."""
    from naast.core.models import PlaceKey
    from naast.lockers import rotation
    from naast.places import queries as places

    report = rotation.look()
    rows: list[dict[str, Any]] = []
    for key in PlaceKey.objects.order_by("created_at"):
        place = places.by_id(key.place_id)
        state = "erased" if key.erased_at else "retired" if key.retired_at else "in use"
        slug = place.slug if place else str(key.place_id)
        rows.append(
            {
                "place": slug, "state": state, "texts": report.need.of_places[key.pk], "under": key.ring_id,
                "since": key.created_at.date().isoformat(),
            }
        )  # fmt: skip
    if options.json:
        print(json.dumps(_told(report) | {"places": rows}))
    else:
        _show(report)
        words = {"in use": "in gebruik", "retired": "opgevolgd", "erased": "gewist"}
        for row in sorted(rows, key=lambda row: (row["place"], row["since"])):
            print(
                f"{row['place']}: sleutel van {row['since']}, {words[row['state']]}, {row['texts']} teksten"
                + (f", onder {row['under']}" if row["under"] else "")
            )
    return 1 if report.lost else 0


def _told(report: Any) -> dict[str, Any]:
    return {
        "turned": report.turned,
        "rewrapped": report.rewrapped,
        "textsByKey": report.by_ring,
        "lockersBySalt": report.lockers,
        "indexed": report.indexed,
        "forgotten": report.forgotten,
        "unreadable": report.unreadable,
        "mayGo": report.may_go,
        "lost": report.lost,
    }


def _show(report: Any) -> None:
    print("Teksten en sleutels per sleutel: " + (", ".join(f"{k} {n}" for k, n in report.by_ring.items()) or "geen"))
    print("Kluisjes per zout: " + (", ".join(f"{k} {n}" for k, n in sorted(report.lockers.items())) or "geen"))
    for ring_id in report.may_go:
        print(
            f"{ring_id} is nergens meer nodig. Vraag het na met --drop {ring_id}, bewaar hem nog 35 dagen bij de kopieën."
        )
    if report.unreadable:
        print(f"LET OP: {report.unreadable} teksten zijn niet te lezen en bleven liggen zoals ze lagen.")
    for lost in report.lost:
        print(f"LET OP: {lost} is nodig, maar staat niet in de omgeving.")


def _teller() -> Any:
    """Return what tells progress on standard error, once a second and at the end."""
    told = time.monotonic()

    def tell(progress: Any) -> None:
        nonlocal told
        if time.monotonic() - told < 1 and progress.seen < progress.total:
            return
        told = time.monotonic()
        turned = sum(progress.turned.values())
        print(
            f"{progress.percent:3d} %  {progress.seen} van {progress.total} rijen, {turned} teksten opnieuw versleuteld, "
            f"{progress.rate} rijen per seconde",
            file=sys.stderr,
            flush=True,
        )

    return tell


@contextmanager
def _asked_to_stop() -> Iterator[Any]:
    """Let Ctrl-C and SIGTERM stop between two batches."""
    asked = []
    old = {number: signal.signal(number, lambda *_: asked.append(1)) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
