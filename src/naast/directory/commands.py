"""Commands of this room: `naast directory import|export|load|provider|rebuild`."""

import argparse
import sys
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Add this room's commands to `naast`."""
    directory = commands.add_parser("directory", help="offers of help").add_subparsers(required=True)
    bring = directory.add_parser("import", help="write the organisations and offers of a YAML file, all or none")
    bring.add_argument("file", type=Path)
    bring.set_defaults(run=run_import)
    take = directory.add_parser("export", help="write all organisations and offers to a YAML file, or to the screen")
    take.add_argument("file", type=Path, nargs="?")
    take.set_defaults(run=run_export)
    directory.add_parser("load", help="load the offers that come with the project").set_defaults(run=run_load)
    give = directory.add_parser("provider", help="let somebody keep an organisation's offers; print their link, once")
    give.add_argument("email", help="the e-mail address they sign in with")
    give.add_argument("--name", required=True, help="the name that editors see")
    give.add_argument("--organisation", required=True, help="the slug of the organisation")
    give.set_defaults(run=run_provider)
    directory.add_parser("rebuild", help="make the search index anew").set_defaults(run=run_rebuild)


def run_import(options: argparse.Namespace) -> int:
    """Import a file; exit 2 when it is not there, 1 when a record cannot be taken: then nothing was written."""
    from .exchange import import_file
    from .rules import RecordError

    if not options.file.is_file():
        print(f"naast: {options.file} is er niet.", file=sys.stderr)
        return 2
    try:
        loaded = import_file(options.file, actor="system")
    except RecordError as error:
        print("\n".join([*error.problems, "Er is niets geschreven."]), file=sys.stderr)
        return 1
    print(f"{loaded.written} records geschreven, {loaded.same} waren hetzelfde.")
    return 0


def run_export(options: argparse.Namespace) -> int:
    """Export everything."""
    from .exchange import export_text

    text = export_text()
    if options.file is None:
        print(text, end="")
        return 0
    try:
        options.file.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"naast: {options.file} kan niet worden geschreven ({error.strerror}).", file=sys.stderr)
        return 2
    print(f"Geschreven: {options.file}")
    return 0


def run_load(options: argparse.Namespace) -> int:
    """Load what is shipped."""
    from .actions import load_shipped

    loaded = load_shipped()
    print(f"{loaded.written} records geschreven, {loaded.same} waren hetzelfde.")
    return 0


def run_provider(options: argparse.Namespace) -> int:
    """Make or find the account, let it keep the organisation's offers, print the link. Exit 1 when something is unknown."""
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from naast.people import actions
    from naast.people.policy_table import ORGANISATION
    from naast.people.rules import Scope

    from .models import Organisation

    organisation = Organisation.objects.filter(slug=options.organisation, ended=False).first()
    if organisation is None:
        print(f"naast: er is geen organisatie '{options.organisation}'.", file=sys.stderr)
        return 1
    try:
        validate_email(options.email)
    except ValidationError:
        print(f"naast: '{options.email}' is geen e-mailadres.", file=sys.stderr)
        return 1
    user = actions.add_staff(email=options.email, display_name=options.name)
    actions.grant_role(user=user, role="provider", scope=Scope(ORGANISATION, organisation.pk))
    print(f"{user.display_name} houdt het aanbod van {organisation.name} bij.")
    if not user.has_usable_password():
        link = f"{settings.WAGTAILADMIN_BASE_URL}{actions.set_password_path(user)}"
        print(f"Kies binnen drie dagen een wachtwoord, één keer: {link}")
    return 0


def run_rebuild(options: argparse.Namespace) -> int:
    """Make the index anew in one transaction."""
    from django.db import transaction

    from .search.index import rebuild

    with transaction.atomic():
        count = rebuild()
    print(f"{count} plekken in de zoekindex.")
    return 0
