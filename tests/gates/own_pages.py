"""Every own page, in every state that has a look of its own. Plain addresses come from the URL table by themselves;
for those with an argument, and for states reached by doing something, this list says how.
"""

import datetime as dt
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from hashlib import blake2b
from urllib.parse import urlparse
from uuid import uuid4

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Locator, Page

from tests.gates import trust_pages as trust
from tests.gates.looking import Own, State, own_addresses
from tests.gates.mailed_pages import mailed_pages
from tests.installation import Browser, Installation

PLACE = "enschede"
# Own addresses that are no pages to look at: they answer with a file, JSON, or lead on.
NO_PAGES = {
    "live", "ready", "leave", "theme", "logo", "choose", "upkeep:check", "upkeep:preview-css",
    "upkeep:home", "security-txt", "robots",
    "lockers:download-file", "guide:paper", "guide:kept-paper", "together:calendar",
    "directory:suggestions", "wagtail_serve", "content:list-paper", "film-file", "sitemap",
    "directory:overview-sheet", "open-data:sheet", "directory:overview-paper", "directory:offer-calendar",
    "mfa_index",  # leads to the account page
    *trust.NO_PAGES,
}  # fmt: skip
# Own addresses that only take what a form sends; the page that holds the form is looked at.
WRITES = {
    "lockers:close", "conversations:finish", "desk:draft", "people:end-session", "people:end-other-sessions", "upkeep:put-back",
    "guide:clear", "guide:leave", "own:still-true", "own:withdraw", "own:contact-save",
    *trust.WRITES,
}  # fmt: skip
# Plain staff addresses that are not an adviser's.
WHOSE = {"own:home": "provider", **trust.WHOSE}
STAFF_PREFIX = ("loket/",)
# Looked at by hand below, as somebody who signed in, or as the owner of a locker.
STAFF_OWN = ("loket/aanmelden/", "loket/account/", "loket/afmelden/", "kluisje/")
SIGN_IN = ("loket/aanmelden/", "loket/afmelden/")


def _text(page: Page, text: str) -> None:
    page.locator("[name=text]").first.fill(text)


def _ask(text: str) -> Callable[[Page], None]:
    def do(page: Page) -> None:
        _text(page, text)
        if page.locator("input[name=audience][value=ouders]").count():
            page.locator("input[name=audience][value=ouders]").check()
        _send(page)

    return do


def click_on(page: Page, button: Locator) -> None:
    """Press a button that leads to the next page, and wait for that page: else the old one is looked at again."""
    with page.expect_navigation():
        button.click()


def _send(page: Page) -> None:
    click_on(page, page.locator("main form button[type=submit]").last)


def answer_until_the_plan(page: Page) -> None:
    """Answer each question of a guide with its first answer until the plan stands there."""
    for _ in range(30):
        if page.locator(".naast-path").count():
            return
        box = page.locator("main form input[type=radio], main form input[type=checkbox]").first
        number = page.locator("main form input[inputmode=numeric], main form input[type=number]")
        if box.count():
            box.check()
        elif number.count():
            number.first.fill("2")
        _send_first(page)
    raise AssertionError(f"no plan after 30 pages: {page.url}")


def doing() -> list[State]:
    """States that are reached by doing something."""
    long_question = "Hoe vertellen we het de kinderen? " * 130
    return [
        State("start-error", "/kies/?postcode=Enshede", covers="choose"),
        State("start-empty", "/kies/?postcode=", covers="choose"),
        State("start-unknown-postcode", "/kies/?postcode=9999", covers="choose"),
        State("place-not-taking-part", "/amsterdam/"),
        State("region", "/twente/"),
        State("term-explained", f"/{PLACE}/ouders/omgang-loopt-vast/", do=_explain, covers="wagtail_serve"),
        State("place-veldrijk", "/houten/"),
        State("place-duinmond", "/zwolle/"),
        State("en-start", "/en/"),
        State("en-home", f"/en/{PLACE}/"),
        State("en-help-now", f"/en/{PLACE}/hulp-nu/", covers="help-now"),
        State("en-door", f"/en/{PLACE}/ouders/"),
        State("en-page", f"/en/{PLACE}/ouders/making-a-parenting-plan/"),
        State("en-dutch-stands-in", f"/en/{PLACE}/ouders/omgang-loopt-vast/"),
        State("en-children", f"/en/{PLACE}/kinderen/"),
        State("en-locker-closed", "/en/kluisje/", covers="lockers:open"),
        State("ar-help-now", f"/ar/{PLACE}/hulp-nu/", covers="help-now"),
        State("ar-dutch-stands-in", f"/ar/{PLACE}/ouders/omgang-loopt-vast/"),
        State("not-found", f"/{PLACE}/nergens/", status=404),
        State("not-found-outside", "/nergens/", status=404),
        State("everything-found", f"/{PLACE}/zoeken/?q=ouderschapsplan", covers="content:search"),
        State("everything-danger", f"/{PLACE}/zoeken/?q=hij+slaat+mij", covers="content:search"),
        State("everything-nothing", f"/{PLACE}/zoeken/?q=xqzwv", covers="content:search"),
        State("search-found", f"/{PLACE}/hulp/?q=omgangsregelng", covers="directory:search"),
        State("search-map", f"/{PLACE}/hulp/?beeld=kaart&postcode=7511", covers="directory:search"),
        State("search-map-region", "/twente/hulp/?beeld=kaart&postcode=75", covers="directory:search"),
        State("search-nothing", f"/{PLACE}/hulp/?q=xqzwv", covers="directory:search"),
        State("search-danger", f"/{PLACE}/hulp/?q=hij+slaat+mij", covers="directory:search"),
        State(
            "search-understood",
            f"/{PLACE}/hulp/?q=groep+voor+mijn+dochter+van+9&kosten=gratis&vorm=groep&zonder=audience:ouders",
            covers="directory:search",
        ),
        State(
            "search-danger-aside", f"/{PLACE}/hulp/?q=hij+slaat+mij&zonder=danger:violence", covers="directory:search"
        ),
        State("search-suggestions", f"/{PLACE}/hulp/", do=_suggest, covers="directory:search"),
        State(
            "overview-children",
            f"/{PLACE}/hulp/overzicht/?doelgroep=kinderen&fase=spanning&kosten=gratis",
            covers="directory:overview",
        ),
        State("overview-region", "/twente/hulp/overzicht/", covers="directory:overview"),
        State("compare-subjects", "/twente/hulp/vergelijken/?op=onderwerp", covers="directory:compare"),
        State("monitor-gaten", "/monitor/gaten/", role="policy-officer", covers="directory_gaps"),
        State(
            "gaps-subjects", f"/monitor/gaten/{PLACE}/?op=onderwerp", role="policy-officer", covers="directory_gaps_of"
        ),
        State("ask-empty", f"/{PLACE}/vraag/", do=_send, covers="contact:ask"),
        State("ask-too-long", f"/{PLACE}/vraag/", do=_ask(long_question), covers="contact:ask"),
        State("ask-bsn", f"/{PLACE}/vraag/", do=_ask("Mijn nummer is 111222333, helpt dat?"), covers="contact:ask"),
        State("ask-done", f"/{PLACE}/vraag/", do=_ask("Hoe vertellen we het de kinderen?"), covers="contact:ask"),
        State(
            "ask-urgent", f"/{PLACE}/vraag/", do=_ask("Hij slaat mij en ik durf niet naar huis."), covers="contact:ask"
        ),
        State("sign-in", "/loket/aanmelden/", covers="account_login"),
        State("locker-closed", "/kluisje/", covers="lockers:open"),
        State("locker-wrong-code", "/kluisje/", do=_wrong_code, covers="lockers:open"),
        State("locker-parent", "/kluisje/", role="parent", covers="lockers:open"),
        State("locker-child", "/kluisje/", role="child", covers="lockers:open"),
        State("desk-adviser", "/loket/", role="adviser"),
        State("upkeep", f"/loket/plaats/{PLACE}/", role="place-admin", covers="upkeep:place"),
        State("upkeep-style", f"/loket/plaats/{PLACE}/huisstijl/", role="place-admin", covers="upkeep:style"),
        State(
            "upkeep-style-refused",
            f"/loket/plaats/{PLACE}/huisstijl/",
            do=_yellow_links,
            role="place-admin",
            covers="upkeep:style",
        ),
        State(
            "upkeep-preview",
            f"/loket/plaats/{PLACE}/huisstijl/voorbeeld/begin/?light_link=%238a1c5a",
            role="place-admin",
            covers="upkeep:preview",
        ),
        State("upkeep-host", f"/loket/plaats/{PLACE}/adres/", role="place-admin", covers="upkeep:host"),
    ]


def _suggest(page: Page) -> None:
    page.locator("#q").press_sequentially("omgangsreg")
    page.get_by_role("listbox").wait_for()


def _explain(page: Page) -> None:
    page.locator(".naast-term").first.click()


def _yellow_links(page: Page) -> None:
    page.locator("[name=light_link]").fill("#ffff00")
    click_on(page, page.locator("button[value=look]"))


def _wrong_code(page: Page) -> None:
    page.locator("[name=code]").first.fill("niet de juiste code hoor")
    page.locator("main form button[type=submit]").first.click()


def _links(text: str, pattern: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'href="({pattern})"', text)))


def as_role(installation: Installation, role: str) -> Browser:
    """Return a visitor who looks as a role."""
    visitor = installation.visitor()
    visitor.post(f"/demo/as/{role}/")
    return visitor


def content_pages(installation: Installation, *, everything: bool) -> list[State]:
    """Return the editors' pages of a place: all of them, or today's tenth."""
    reader = installation.visitor()
    waiting = [f"/{PLACE}/{door}/" for door in ("ouders", "kinderen", "jongeren", "omgeving", "professionals")]
    seen: list[str] = []
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.append(path)
        answer = reader.get(path)
        pattern = rf"/{PLACE}/(?:ouders|kinderen|jongeren|omgeving|professionals)/[\w/-]*"
        waiting += [link for link in _links(answer.text, pattern) if link not in seen]
    today = dt.date.today().toordinal() % 10
    chosen = [
        path
        for path in sorted(seen)
        if everything or path.count("/") == 3 or blake2b(path.encode(), digest_size=2).digest()[0] % 10 == today
    ]
    return [
        State("page" + re.sub(r"[^a-z0-9]+", "-", path).rstrip("-"), path, covers="content:page") for path in chosen
    ]


GUIDES = ("uit-elkaar", "kind-jongere")  # two ways of speaking on the same templates; `make pages` looks at all


def guide_pages(paths: list[str], *, everything: bool) -> list[State]:
    """Return start, question, unanswered question and plan of each guide: of all, or of one for each way of speaking."""
    found = []
    for path in paths:
        name = path.strip("/").split("/")[-1]
        if everything or name in GUIDES:
            found += [
                State(f"guide-{name}", path, covers="guide:flow"),
                State(f"guide-{name}-question", f"{path}vraag/1/", covers="guide:question"),
                State(f"guide-{name}-unanswered", f"{path}vraag/1/", do=_send_first, covers="guide:question"),
                State(f"guide-{name}-plan", path, do=answer_until_the_plan, covers="guide:plan"),
            ]
    return found


def with_argument(installation: Installation, *, everything: bool) -> list[State]:
    """Addresses with an argument, filled from what the installation shows."""
    reader = installation.visitor()
    found = []
    offers = _links(reader.get(f"/{PLACE}/hulp/").text, rf"/{PLACE}/hulp/[\w-]+/")
    found += [State("offer", offers[0], covers="directory:offer")]
    lists = _links(reader.get(f"/{PLACE}/lijsten/").text, rf"/{PLACE}/lijsten/[\w-]+/")
    chosen = lists if everything else lists[:1]
    found += [State(f"list-{path.strip('/').split('/')[-1]}", path, covers="content:list") for path in chosen]
    guides = _links(reader.get(f"/{PLACE}/wegwijzer/").text, rf"/{PLACE}/wegwijzer/[\w-]+/")
    found += guide_pages(guides, everything=everything)
    first = next(path for path in guides if "uit-elkaar" in path)
    found.append(State("guide-danger", first, do=_danger, covers="guide:question"))
    found += [
        State("guide-answers", first, do=_after_plan("antwoorden/"), covers="guide:answers"),
        State("guide-keep", first, do=_after_plan("plan/bewaren/"), covers="guide:keep"),
        State("guide-share", first, do=_after_plan("plan/delen/"), covers="guide:share"),
        State("guide-shared", first, do=_share, covers="guide:shared"),
    ]
    parent = as_role(installation, "parent")
    locker = parent.get("/kluisje/").text
    thread = _links(locker, r"/kluisje/gesprek/[^\"]+")[0]
    found += [
        State("locker-thread", thread, role="parent", covers="conversations:thread"),
        State("locker-thread-erase", f"{thread}wissen/", role="parent", covers="conversations:erase"),
        State("locker-email", "/kluisje/seintje/", role="parent", covers="lockers:email"),
        State("locker-download", "/kluisje/downloaden/", role="parent", covers="lockers:download"),
        State("locker-empty", "/kluisje/leegmaken/", role="parent", covers="lockers:empty"),
        *(
            State("guide-kept", path, role="parent", covers="guide:kept")
            for path in _links(locker, r"/\w+/wegwijzer/bewaard/[^\"]+")[:1]
        ),
    ]
    evening = f"/{PLACE}/meedoen/avond/praten-over-twee-huizen/"
    closed = f"/{PLACE}/meedoen/peiling/wanneer-heb-je-tijd-voor-het-loket/"
    asked = f"/{PLACE}/meedoen/peiling/wist-je-al-waar-je-hulp-kunt-vinden/"
    found += [
        State("poll", asked, covers="together:poll"),
        State("poll-unanswered", asked, do=_send_first, covers="together:poll"),
        State("poll-answered", asked, do=_answer_poll, covers="together:poll"),
        State("poll-closed", closed, covers="together:poll"),
        State("evening", evening, covers="together:evening"),
        State("evening-unnamed", evening, do=_send_first, covers="together:evening"),
        State("evening-signed-up", evening, do=_come_along, covers="together:evening"),
        State("evening-sign-off", f"{evening}afmelden/niemand/", covers="together:sign-off"),
        State("evening-signed-off", f"{evening}afmelden/niemand/", do=_send_first, covers="together:sign-off"),
        State("together-nothing", "/zwolle/meedoen/", covers="together:index"),
    ]
    adviser = as_role(installation, "adviser")
    questions = _links(adviser.get("/loket/").text, r"/loket/vraag/[^\"?]+")
    found += [State("desk-question", questions[0], role="adviser", covers="desk:question")]
    return [*found, *provider_pages(installation)]


def provider_pages(installation: Installation) -> list[State]:
    """Return a provider's own screens, and what advisers and editors see beside them."""
    provider = as_role(installation, "provider")
    own = _links(provider.get("/loket/aanbod/").text, r"/loket/aanbod/[0-9a-f-]{36}/")[0]
    contact = own.replace("/aanbod/", "/hulp/") + "contact/"
    return [
        State("own-offer", own, role="provider", covers="own:offer"),
        State("own-propose", f"{own}aanpassen/", role="provider", covers="own:propose"),
        State("own-propose-wrong", f"{own}aanpassen/", do=_no_name, role="provider", sent=422, covers="own:propose"),
        State("contact-professionals", contact, role="adviser", covers="own:contact"),
        State("contact-professionals-editor", contact, role="editor", covers="own:contact"),
        State("providers-rule", f"/loket/plaats/{PLACE}/aanbieders/", role="place-admin", covers="own:rule"),
    ]


def _no_name(page: Page) -> None:
    page.locator("[name=name]").fill("")
    _send(page)


def _answer_poll(page: Page) -> None:
    page.locator("main form input[type=radio]").first.check()
    _send_first(page)


def _come_along(page: Page) -> None:
    page.locator("main form [name=nickname]").fill("Zonnebloem")
    _send_first(page)


def _send_first(page: Page) -> None:
    click_on(page, page.locator("main form button[type=submit]").first)


def _danger(page: Page) -> None:
    """Skip on to the question about safety, and give the answer that points at danger."""
    for _ in range(12):
        afraid = page.locator("main form input[name=answer][value=bang]")
        if afraid.count():
            afraid.check()
            _send_first(page)
            return
        _send(page)
    raise AssertionError("no answer that says I am afraid")


def _after_plan(rest: str) -> Callable[[Page], None]:
    def do(page: Page) -> None:
        start = page.url
        answer_until_the_plan(page)
        page.goto(re.sub(r"(/wegwijzer/[\w-]+/).*", r"\1", start) + rest)

    return do


def _share(page: Page) -> None:
    _after_plan("plan/delen/")(page)
    _send(page)
    page.goto(
        page.locator("main a[href*='/wegwijzer/plan/'], main [data-share-link]").first.get_attribute("href") or ""
    )


PASSWORD = "een lange zin die niemand raadt 47"


def signing_in(installation: Installation) -> list[State]:
    """The steps of signing in: set a password, a wrong password, the phone, the code, the codes, the account."""

    def invited(name: str) -> str:
        made = installation.run(
            "staff", "add", f"{name}@demo.example", "--name", f"{name.title()} Proef", "--role", "adviser",
            "--place", "borne", "--json",
        )  # fmt: skip
        return urlparse(json.loads(made.stdout)["link"]).path

    def with_password(name: str) -> Browser:
        visitor = installation.visitor()
        link = invited(name)
        form = visitor.get(link)
        names = re.findall(
            r'<input[^>]*type="password"[^>]*name="(\w+)"|<input[^>]*name="(\w+)"[^>]*type="password"', form.text
        )
        visitor.send(form, **{a or b: PASSWORD for a, b in names})
        return _signs_in(visitor, name)

    def cookies(visitor: Browser) -> tuple[tuple[str, str], ...]:
        return tuple((cookie.name, cookie.value or "") for cookie in visitor.jar)

    mark = uuid4().hex[:6]
    half = with_password(f"half{mark}")
    whole = with_password(f"heel{mark}")
    phone = whole.get("/loket/aanmelden/telefoon/")
    secret = re.search(r"secret=([A-Z2-7]+)", phone.text)
    assert secret, "the page of the phone holds no key"
    whole.send(phone, code=format_hotp_value(hotp_value(secret[1], int(time.time()) // 30)))
    known = cookies(whole)
    coming = _signs_in(installation.visitor(), f"heel{mark}")
    at = "/loket/aanmelden/"
    return [
        State("sign-in-set-password", invited(f"nieuw{mark}"), covers="people:set-password"),
        State("sign-in-wrong", at, do=_wrong_password, covers="account_login"),
        State("sign-in-phone", f"{at}telefoon/", cookies=cookies(half), covers="mfa_activate_totp"),
        State("sign-in-code", f"{at}code/", cookies=cookies(coming), covers="mfa_authenticate"),
        State("sign-in-phone-again", f"{at}telefoon/vervangen/", cookies=known, covers="mfa_deactivate_totp"),
        State("sign-in-recovery", f"{at}herstelcodes/", cookies=known, covers="mfa_view_recovery_codes"),
        State("sign-in-recovery-new", f"{at}herstelcodes/nieuw/", cookies=known, covers="mfa_generate_recovery_codes"),
        State("sign-in-again", f"{at}bevestigen/", cookies=known, covers="account_reauthenticate"),
        State("sign-in-password", f"{at}wachtwoord/", cookies=known, covers="account_change_password"),
        State("staff-account", "/loket/account/", cookies=known, covers="people:account"),
        State("sign-out", "/loket/afmelden/", cookies=known, covers="account_logout"),
    ]


def _signs_in(visitor: Browser, name: str) -> Browser:
    """Take the first step of signing in."""
    visitor.send(visitor.get("/loket/aanmelden/"), login=f"{name}@demo.example", password=PASSWORD)
    return visitor


def _wrong_password(page: Page) -> None:
    page.locator("[name=login]").fill("niemand@demo.example")
    page.locator("[name=password]").fill("niet het goede")
    _send(page)


def plain(own: Own) -> Iterator[State]:
    """A plain address, as the person it is for."""
    path = f"/{PLACE}/{own.pattern}" if own.in_place else f"/{own.pattern}"
    staff = own.pattern.startswith(STAFF_PREFIX) and not own.pattern.startswith(SIGN_IN)
    role = WHOSE.get(own.name, "adviser") if staff else ""
    name = (
        re.sub(r"[^a-z0-9]+", "-", f"{'place-' if own.in_place else ''}{own.pattern}".lower()).strip("-")
    ) or "start"
    yield State(name, path, role=role, covers=own.name)


def states(installation: Installation) -> list[State]:
    """Return everything to look at."""
    everything = bool(os.environ.get("NAAST_ALL_PAGES"))
    found: dict[str, State] = {}
    for own in own_addresses():
        if (
            own.plain
            and own.name not in NO_PAGES | WRITES
            and not own.pattern.startswith(STAFF_OWN)
            and not own.pattern.startswith(("api/", "hsds/"))
        ):
            for state in plain(own):
                found.setdefault(state.name, state)
    for state in [
        *doing(),
        *with_argument(installation, everything=everything),
        *mailed_pages(installation),
        *trust.trust_pages(installation),
        *signing_in(installation),
        *content_pages(installation, everything=everything),
    ]:
        found[state.name] = state
    return list(found.values())
