"""`naast staff add|reset`: make the first accounts of a place. Everything after that goes by place administrators."""

import argparse
import json
import sys
from typing import Any


def add(commands: Any) -> None:
    """Add `staff` with its verb to the command line."""
    staff = commands.add_parser("staff", help="people who work for a place")
    verbs = staff.add_subparsers(dest="verb", required=True, metavar="verb")
    one = verbs.add_parser("add", help="add somebody and print the link with which they set a password, once")
    one.add_argument("email", help="the e-mail address they sign in with")
    one.add_argument("--name", required=True, help="the name that residents and colleagues see")
    one.add_argument("--role", required=True, help="adviser, coordinator, editor, … (see docs)")
    one.add_argument("--place", required=True, help="where the role holds: the slug of a municipality or region")
    one.add_argument("--until", help="last day of the role, as 2027-12-31; left out: no end")
    one.add_argument("--json", action="store_true", help="print what was made as JSON")
    one.set_defaults(run=run_add)
    lost = verbs.add_parser("reset", help="phone and codes lost: take them off and print a new link, once")
    lost.add_argument("email", help="the e-mail address they sign in with")
    lost.set_defaults(run=run_reset)
    export = verbs.add_parser("export", help="write all that is kept about somebody to a zip")
    export.add_argument("email", help="the e-mail address they sign in with")
    export.add_argument("--to", help="the file to write; left out: gegevens-<number>.zip here")
    export.set_defaults(run=run_export)
    erase = verbs.add_parser("erase", help="close the account and make it nameless; what was written in office stays")
    erase.add_argument("email", help="the e-mail address they sign in with")
    erase.add_argument("--sure", action="store_true", help="without it only say what would happen")
    erase.set_defaults(run=run_erase)


def run_add(options: argparse.Namespace) -> int:
    """Make or find the account, grant the role, print the link. Status 1 on an unknown role, place or date."""
    from datetime import date

    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from naast.people import actions
    from naast.people.rules import ROLES, Scope
    from naast.places.queries import by_slug

    place = by_slug(options.place)
    if place is None or place.kind not in ("region", "municipality"):
        return _refuse(f"No municipality or region is called {options.place!r}.")
    if options.role not in ROLES:
        return _refuse(f"Unknown role {options.role!r}. Roles: {', '.join(ROLES)}.")
    try:
        validate_email(options.email)
        until = date.fromisoformat(options.until) if options.until else None
    except ValidationError:
        return _refuse(f"{options.email!r} is not an e-mail address.")
    except ValueError:
        return _refuse(f"{options.until!r} is not a date like 2027-12-31.")
    user = actions.add_staff(email=options.email, display_name=options.name)
    actions.grant_role(user=user, role=options.role, scope=Scope(place.kind, place.id), ends=until)
    path = actions.set_password_path(user) if not user.has_usable_password() else None
    link = f"{settings.WAGTAILADMIN_BASE_URL}{path}" if path else None
    if options.json:
        print(json.dumps({"id": str(user.pk), "role": options.role, "place": place.slug, "link": link}))
        return 0
    print(f"{user.display_name} is {options.role} at {place.name}.")
    print(f"Set a password within three days, once: {link}" if link else "This account has a password already.")
    return 0


def run_reset(options: argparse.Namespace) -> int:
    """Take password and second step off an account, end its sessions, print a link. Status 1 when nobody has it."""
    from django.conf import settings

    from naast.people import actions
    from naast.people.models import User

    user = User.objects.filter(email=options.email.lower(), is_active=True).first()
    if user is None:
        return _refuse(f"Nobody signs in as {options.email!r}.")
    actions.reset_sign_in(user=user)
    print(f"{user.display_name} sets a new password within three days, once, and then a phone:")
    print(f"{settings.WAGTAILADMIN_BASE_URL}{actions.set_password_path(user)}")
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Write the zip, readable by us alone. Status 1 when nobody has the address or the file is there already."""
    import os
    from pathlib import Path

    from naast.people.models import User
    from naast.people.rights import actions

    user = User.objects.filter(email=options.email.lower()).first()
    if user is None:
        return _refuse(f"Nobody has the address {options.email!r}.")
    target = Path(options.to or f"gegevens-{user.pk.hex[:8]}.zip")
    try:
        file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        return _refuse(f"{target}: {error.strerror}.")
    with os.fdopen(file, "wb") as out:
        out.write(actions.take_home(user=user, by=None))
    print(f"Written: {target}. It is not locked; hand it to {user.display_name} alone.")
    return 0


def run_erase(options: argparse.Namespace) -> int:
    """Make an account nameless. Status 1 when nobody has the address, or it is the last administrator's."""
    from naast.people.administrators import LastAdministrator
    from naast.people.models import User
    from naast.people.rights import actions

    user = User.objects.filter(email=options.email.lower()).first()
    if user is None:
        return _refuse(f"Nobody has the address {options.email!r}.")
    if not options.sure:
        print(f"{user.display_name} would lose name, address, sign-in, absence and teams, for good. Add --sure.")
        return 0
    try:
        actions.forget(user=user, by=None)
    except LastAdministrator:
        return _refuse("This is the last administrator of a place. Give somebody else that role first.")
    print(f"Done. What was written in office stays; the access log names {user.pk}, who is nobody now.")
    return 0


def _refuse(why: str) -> int:
    print(f"naast staff: {why}", file=sys.stderr)
    return 1
