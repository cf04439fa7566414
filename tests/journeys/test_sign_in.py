"""Signing in with a real browser: password and code, a passkey (Chromium's own virtual one), a recovery code.

Passkeys live at names only, so these journeys go to localhost; at bare digits the page says so.
"""

import json
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlparse
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.gates import looking
from tests.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("installation")]

PASSWORD = "een lange zin die niemand raadt 47"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with looking.browser() as browser:
        yield browser


@pytest.fixture
def home(installation: Installation) -> str:
    return installation.address.replace("127.0.0.1", "localhost")


def invited(installation: Installation) -> tuple[str, str]:
    """Return somebody's address and the path of the link with which they set a password."""
    email = f"nieuw{uuid4().hex[:8]}@demo.example"
    made = installation.run(
        "staff", "add", email, "--name", "Noor Proef", "--role", "adviser", "--place", "borne", "--json"
    )
    return email, urlparse(json.loads(made.stdout)["link"]).path


def sets_password(page: Page, link: str) -> None:
    page.goto(link)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Stel mijn wachtwoord in").click()


def gives_password(page: Page, email: str) -> None:
    page.goto("/loket/aanmelden/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Ga naar stap 2").click()


def code_of(secret: str, later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def sets_up_phone(page: Page) -> str:
    secret = re.search(r"secret=([A-Z2-7]+)", page.content())
    assert secret
    page.locator("[name=code]").fill(code_of(secret[1], -1))
    page.get_by_role("button", name="Stel stap 2 in").click()
    return secret[1]


def with_virtual_passkey(context: BrowserContext, page: Page) -> Any:
    """Give the page an authenticator that says yes, with a finger."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def signs_out(page: Page) -> None:
    page.goto("/loket/account/")
    page.get_by_role("button", name="Meld je af").first.click()


def test_password_and_code_work_without_scripts_and_a_recovery_code_opens_once(
    installation: Installation, chromium: Browser, home: str
) -> None:
    email, link = invited(installation)
    context = chromium.new_context(base_url=home, java_script_enabled=False)
    page = context.new_page()
    sets_password(page, link)
    page.goto(link)  # the mail is clicked once more
    expect(page.locator("h1")).to_have_text("Deze link werkt niet meer")
    gives_password(page, email)
    expect(page).to_have_url(re.compile("/aanmelden/telefoon/$"))
    secret = sets_up_phone(page)
    codes = page.locator(".naast-codes li").all_inner_texts()
    assert len(codes) == 10
    page.goto("/loket/account/")
    expect(page.locator("main")).to_contain_text("10 herstelcodes over")
    signs_out(page)

    gives_password(page, email)
    page.locator("[name=code]").fill(code_of(secret, 1))
    page.get_by_role("button", name="Meld je aan", exact=True).click()
    page.goto("/loket/account/")
    expect(page.locator("h1")).to_have_text("Je account")
    signs_out(page)

    gives_password(page, email)
    page.locator("[name=code]").fill(codes[3])
    page.get_by_role("button", name="Meld je aan", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Je hebt er nog 9")).to_be_visible()
    signs_out(page)
    gives_password(page, email)
    page.locator("[name=code]").fill(codes[3])
    page.get_by_role("button", name="Meld je aan", exact=True).click()
    expect(page.locator("h2#errors-title")).to_be_visible()
    context.close()


def test_a_passkey_is_set_up_without_a_phone_and_signs_in_as_both_steps(
    installation: Installation, chromium: Browser, home: str
) -> None:
    email, link = invited(installation)
    context = chromium.new_context(base_url=home)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if line.type == "error" else None)
    session = with_virtual_passkey(context, page)
    sets_password(page, link)
    gives_password(page, email)
    page.get_by_role("link", name="Stel een toegangssleutel in").click()
    page.locator("[name=name]").fill("mijn laptop")
    page.get_by_role("button", name="Maak de toegangssleutel").click()
    expect(page.locator(".naast-codes li")).to_have_count(10)
    page.goto("/loket/account/")
    expect(page.locator("main")).to_contain_text("mijn laptop")
    signs_out(page)

    page.get_by_role("button", name="Meld je aan met een toegangssleutel").click()
    expect(page).not_to_have_url(re.compile("/aanmelden/"))
    page.goto("/loket/account/")
    expect(page.locator("h1")).to_have_text("Je account")

    page.get_by_role("link", name="Weghalen mijn laptop").click()
    expect(page.locator("h1")).to_have_text("Dit is je laatste tweede stap")
    signs_out(page)

    gives_password(page, email)  # and as the second step
    page.get_by_role("button", name="Gebruik je toegangssleutel").click()
    page.goto("/loket/account/")
    expect(page.locator("h1")).to_have_text("Je account")
    signs_out(page)

    session.send("WebAuthn.disable")  # the device is somebody else's now: it has no such passkey
    with_virtual_passkey(context, page)
    page.get_by_role("button", name="Meld je aan met een toegangssleutel").click()
    expect(page.locator("[data-passkey-says]")).to_contain_text("Er is niets gebeurd", timeout=60_000)
    assert [line for line in refused if "Content Security Policy" in line] == []
    context.close()


def test_at_bare_digits_there_is_no_button_for_a_passkey(installation: Installation, chromium: Browser) -> None:
    page = chromium.new_context(base_url=installation.address).new_page()
    page.goto("/loket/aanmelden/")
    expect(page.locator("[data-passkey]")).to_have_count(0)


def test_a_password_can_be_shown_while_typing(chromium: Browser, home: str) -> None:
    page = chromium.new_context(base_url=home).new_page()
    page.goto("/loket/aanmelden/")
    field = page.locator("[name=password]")
    field.fill(PASSWORD)
    page.get_by_role("button", name="Toon wachtwoord").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Verberg wachtwoord").click()
    expect(field).to_have_attribute("type", "password")
    assert field.get_attribute("autocomplete") == "current-password"
    assert page.locator("[name=login]").get_attribute("autocomplete") == "username"
