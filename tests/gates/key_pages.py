"""The pages about somebody's own passkeys, seen by somebody who made one (in software, at a name: never at digits)."""

import html
import json
import re
from urllib.parse import urlparse
from uuid import uuid4

from naast.people.passkeys.tests.factories import SoftPasskey
from tests.gates.looking import State
from tests.installation import Browser, Installation

PASSWORD = "een lange zin die niemand raadt 47"
ADD = "/loket/aanmelden/sleutel/"


def signed_in_with_a_key(installation: Installation) -> list[State]:
    """Add a passkey (the page says that it cannot at digits), rename it, and find that the last one stays."""
    email = f"sleutel{uuid4().hex[:6]}@demo.example"
    made = installation.run(
        "staff", "add", email, "--name", "Sleutel Proef", "--role", "adviser", "--place", "borne", "--json"
    )
    visitor = Browser(installation.address.replace("127.0.0.1", "localhost"))
    form = visitor.get(urlparse(json.loads(made.stdout)["link"]).path)
    visitor.send(form, new_password1=PASSWORD, new_password2=PASSWORD)
    visitor.send(visitor.get("/loket/aanmelden/"), login=email, password=PASSWORD)
    page = visitor.get(ADD)
    options = re.search(r'data-options="([^"]+)"', page.text)
    assert options, "no button for a passkey"
    key = SoftPasskey(origin=visitor.address.rstrip("/"))
    visitor.send(page, name="mijn laptop", credential=key.made(json.loads(html.unescape(options[1]))))
    account = visitor.get("/loket/account/")
    found = re.search(r"/loket/account/sleutels/\d+/", account.text)
    assert found, "the passkey is not on the account page"
    known = tuple((cookie.name, cookie.value or "") for cookie in visitor.jar)
    return [
        State("passkey-add", ADD, cookies=known, covers="people:passkey-add"),
        State("passkey-rename", f"{found[0]}naam/", cookies=known, covers="people:passkey-rename"),
        State("passkey-last", f"{found[0]}weg/", cookies=known, covers="people:passkey-remove"),
    ]
