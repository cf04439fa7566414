"""Writing: load the shipped texts, fill a slot, keep Wagtail's groups in step with the policy."""

import json
import re
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from naast.content import loading
from naast.content.glossary.loading import load_terms
from naast.content.media import loading as extras_loading
from naast.content.models import (
    ArticlePage,
    BasePage,
    DoorPage,
    FaqEntry,
    FaqPage,
    HomePage,
    PhasePage,
    RolePage,
    Slot,
    SlotFill,
    StatementPage,
)
from naast.content.publishing import publish_first
from naast.content.rules import Block, Shipped, inline, shipped_due
from naast.core import audit, clock, generations
from naast.core.mail import queue_mail
from naast.core.sharing import outside
from naast.people.models import User
from naast.people.policy import Scope, may, scopes_for
from naast.places import queries as places
from naast.places.models import Place
from naast.places.rules import AUDIENCES, PlaceInfo

SHARED_GROUP = "Naast: gedeelde pagina's"
SLOTS_GROUP = "Naast: plekken in de tekst"
WORKFLOW = "Nakijken en plaatsen"
SNIPPETS = ("faqentry", "slot", "glossaryterm", "film", "checklist")
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
_NAAST_LINK = re.compile(r'href=(\\?")naast:([a-z0-9-]+)\\?"')
# Fixed, so that loading twice compares equal.
_NAMESPACE = uuid.UUID("6d3a7a0e-6f0a-4a1e-9d0c-6b5b8a1f0c11")


class NotAllowed(PermissionError):
    """The policy does not let this person do this here."""


# ---------- a municipality's own words ----------


def fill_slot(
    *, user: User | None, place: PlaceInfo, key: str, body: str, review_due: date | None, is_example: bool = False
) -> SlotFill:
    """Write a place's own words for a slot; an empty body gives the national words back.

    `user` None is the loader of the demonstration. Raises NotAllowed where the policy says no and Slot.DoesNotExist on
    an unknown key. Readers of the place, and of a region's municipalities, see the change at once.
    """
    if user is not None and not may(user, "content.slots", Scope(place.kind, place.id)):
        raise NotAllowed("content.slots")
    with transaction.atomic():
        slot = Slot.objects.get(key=key)
        fill, _made = SlotFill.objects.update_or_create(
            place=Place.objects.get(pk=place.id),
            slot=slot,
            defaults={
                "body": body.strip(),
                "review_due": review_due,
                "updated_at": clock.now(),
                "updated_by": user,
                "is_example": is_example,
            },
        )
        actor = f"staff:{user.pk}" if user is not None else "system"
        audit.record(
            actor=actor,
            act="fill",
            kind="content.SlotFill",
            record_id=fill.pk,
            fields=["body", "review_due"],
            place=place.slug,
        )
        generations.bump(place.slug)
        for member in places.members(place) if place.is_region else ():
            generations.bump(member.slug)
    return fill


# ---------- Wagtail's groups follow the policy ----------


def let_in(*, user: User) -> bool:
    """Put a member of staff in Wagtail's groups as the policy says today; returns whether they may come in at all.

    The policy alone decides; the groups only repeat it for Wagtail's own screens.
    """
    wanted = set()
    if scopes_for(user, "content.shared"):
        wanted.add(SHARED_GROUP)
    if scopes_for(user, "content.slots"):
        wanted.add(SLOTS_GROUP)
    ours = user.groups.filter(name__in=(SHARED_GROUP, SLOTS_GROUP))
    held = set(ours.values_list("name", flat=True))
    if held != wanted:
        with transaction.atomic():
            ensure_groups()
            user.groups.remove(*Group.objects.filter(name__in=held - wanted))
            user.groups.add(*Group.objects.filter(name__in=wanted - held))
    return bool(wanted) or user.is_superuser


def ensure_groups() -> None:
    """Make the groups, their rights on the shared tree, and the way from draft over review to published. Idempotent."""
    shared, _ = Group.objects.get_or_create(name=SHARED_GROUP)
    slots, _ = Group.objects.get_or_create(name=SLOTS_GROUP)
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    shared.permissions.add(enter)
    slots.permissions.add(enter)
    snippets = [f"{verb}_{model}" for model in SNIPPETS for verb in ("add", "change", "view")]
    snippets += ["publish_faqentry", "publish_glossaryterm"]
    shared.permissions.add(*Permission.objects.filter(content_type__app_label="content", codename__in=snippets))
    languages = ("add_locale", "change_locale", "submit_translation")
    shared.permissions.add(*Permission.objects.filter(codename__in=languages))
    homes = list(HomePage.objects.all())
    if not homes:
        return
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS)
    for home in homes:
        for right in rights:
            GroupPagePermission.objects.get_or_create(group=shared, page=home.page_ptr, permission=right)
    workflow, made = Workflow.objects.get_or_create(name=WORKFLOW)
    if made:
        task = GroupApprovalTask.objects.create(name="Een collega kijkt na")
        task.groups.add(shared)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for home in homes:
        WorkflowPage.objects.update_or_create(page=home.page_ptr, defaults={"workflow": workflow})


# ---------- a colleague looks before publishing ----------


def tell_reviewers(*, task_state: TaskState, submitter: User | None) -> int:
    """Queue a notice, without a word of the text, to those who may review it; returns how many."""
    colleagues = User.objects.filter(is_active=True, groups__name=SHARED_GROUP)
    if submitter is not None:
        colleagues = colleagues.exclude(pk=submitter.pk)
    url = _edit_url(task_state.revision.content_object)
    with transaction.atomic():
        for person in colleagues:
            key = f"to_review-{task_state.pk}-{person.pk}"
            queue_mail(kind="content/to_review", to=person.email, context={"url": url}, message_id=key)
    return len(colleagues)


def tell_writer(*, state: WorkflowState, reviewer: User | None) -> bool:
    """Queue a notice to who handed a text in that it was decided on; returns whether somebody is told."""
    writer = state.requested_by
    if writer is None or writer == reviewer or not writer.is_active:
        return False
    key = f"reviewed-{state.pk}-{state.status}"
    queue_mail(
        kind="content/reviewed", to=writer.email, context={"url": _edit_url(state.content_object)}, message_id=key
    )
    return True


def _edit_url(changed: Any) -> str:
    return settings.WAGTAILADMIN_BASE_URL + (AdminURLFinder().get_edit_url(changed) or outside("wagtailadmin_home"))


# ---------- the shipped texts ----------


def load_shipped(*, overwrite: bool = False) -> dict[str, int]:
    """Load the doors, phases, articles, roles, statements, questions and slots that Naast ships. Idempotent.

    A page that an editor changed since it was loaded stays as it is, unless `overwrite`. Returns counts: made, changed,
    kept. Raises rules.ContentError when a shipped file does not follow its form; then nothing was loaded.
    """
    from naast.content.languages.loading import load_translations

    counts = {"made": 0, "changed": 0, "kept": 0}
    with transaction.atomic():
        _load_slots()
        extras_loading.load()
        home = _home()
        doors = {
            str(door["audience"]): _place_page(DoorPage, home, str(door["audience"]), _door_values(door))
            for door in loading.doors()
        }
        wanted: list[tuple[BasePage, bool, dict[str, Any]]] = [
            (*found, _door_values(door)) for door in loading.doors() if (found := doors[str(door["audience"])])
        ]
        for phase in loading.phases():
            values = {name: phase[name] for name in ("title", "phase", "line", "summary", "drawing")}
            wanted.append((*_place_page(PhasePage, doors["ouders"][0], str(phase["phase"]), values), values))
        for model, pages in (
            (ArticlePage, sorted(loading.pages("articles"), key=_reading_order)),
            (RolePage, sorted(loading.pages("roles"), key=_reading_order)),
            (StatementPage, loading.pages("pages")),
        ):
            for page in pages:
                parent = home if model is StatementPage else doors[page.audiences[0]][0]
                values = _text_values(page, model)
                wanted.append((*_place_page(model, parent, page.slug, {**values, "body": "[]"}), values))
        values = {"title": "Vragen en antwoorden", "summary": "Wat mensen het eerst vragen, en het antwoord."}
        wanted.append((*_place_page(FaqPage, home, "vragen", values), values))
        # Only now does every page have an id that links in texts can point to.
        ids = _page_ids()
        for known, made, values in wanted:
            counts[_write(known, made, values, ids, overwrite)] += 1
        _load_faq(ids)
        load_terms()
        for outcome in load_translations(ids, overwrite=overwrite):
            counts[outcome] += 1
        ensure_groups()
        generations.bump()
    return counts


FIRST = (
    "uit-elkaar-wat-eerst",
    "de-ander-wil-uit-elkaar",
    "hoe-vertellen-we-het-de-kinderen",
    "een-ouderschapsplan-maken",
    "geld-en-wonen-in-de-eerste-week",
    "samen-een-kind-verwachten",
    "bij-elkaar-blijven",
    "omgang-loopt-vast",
    "is-het-mijn-schuld",
    "praten-met-een-leerling",
    "grootouder",
    "oom-of-tante",
    "vriend-of-buur",
    "leerkracht",
    "nieuwe-partner",
)


def _reading_order(page: Shipped) -> tuple[int, str]:
    # What most people need first stands first on its door; an editor may move pages afterwards.
    return (FIRST.index(page.slug) if page.slug in FIRST else len(FIRST), page.slug)


def _home() -> HomePage:
    home = HomePage.objects.filter(locale__language_code="nl").first()
    if home is not None:
        return home
    locale, _ = Locale.objects.get_or_create(language_code="nl")
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(title="Root", slug="root", locale=locale)
    # The welcome page that Wagtail's first migration makes.
    Site.objects.all().delete()
    for welcome in Page.objects.child_of(root):
        welcome.delete()
    root.refresh_from_db()
    home = HomePage(title="Naast", slug="naast", locale=locale, summary="De gedeelde teksten van alle gemeenten.")
    root.add_child(instance=home)
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Naast")
    return home


def _door_values(door: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": door["title"],
        "audience": door["audience"],
        "heading": door["heading"],
        "summary": door["intro"],
        "drawing": door["drawing"],
    }


def _text_values(page: Shipped, model: type[BasePage]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": page.title,
        "summary": page.summary,
        "audiences": list(page.audiences),
        "phases": list(page.phases),
        "subjects": ",".join(page.subjects),
        "short": "\n".join(page.short),
        "related": ",".join(page.related),
        "drawing": page.drawing,
        "owner_name": page.owner,
        "checked_on": page.checked,
        "review_due": shipped_due(page.checked, None),
        "sources": "\n".join(page.sources),
        "body": json.dumps(_stream(page)),
    }
    if model is StatementPage:
        values["statement"] = page.kind
    return values


def _place_page(model: type[BasePage], parent: Page, slug: str, values: dict[str, Any]) -> tuple[BasePage, bool]:
    """Return the shipped page of this slug and whether it had to be made."""
    known = model.objects.filter(shipped_slug=slug).first()
    if known is not None:
        return known, False
    page = model(slug=slug, shipped_slug=slug, locale=parent.locale, live=False, **values)
    parent.add_child(instance=page)
    return page, True


def _write(page: BasePage, made: bool, values: dict[str, Any], ids: dict[str, int], overwrite: bool) -> str:
    """Publish a page with these values unless it has them, or an editor changed it; returns made, changed or kept."""
    if not made and not overwrite and page.revisions.exclude(user=None).exists():
        return "kept"
    final = {name: _with_ids(value, ids) if name == "body" else value for name, value in values.items()}
    if not made and all(_has(page, name, value) for name, value in final.items()):
        return "kept"
    for name, value in final.items():
        setattr(page, name, value)
    if made:
        publish_first(page, final)
        return "made"
    page.save_revision().publish()
    return "changed"


def _has(page: BasePage, name: str, value: Any) -> bool:
    held = getattr(page, name)
    # As data: PostgreSQL keeps the keys of JSON in an order of its own.
    return bool([dict(block) for block in held.raw_data] == json.loads(value) if name == "body" else held == value)


def _stream(page: Shipped) -> list[dict[str, Any]]:
    return [_block(page.slug, number, block) for number, block in enumerate(page.blocks)]


def _block(slug: str, number: int, block: Block) -> dict[str, Any]:
    kind, value = block
    if kind == "slot":
        kind = value["kind"]
        key = {"key": value.get("key", "")}
        value = {"offers": {"subject": value.get("subject", "")}, "own": key, "film": key}.get(kind)
    return {"type": kind, "value": value, "id": str(uuid.uuid5(_NAMESPACE, f"{slug}:{number}:{kind}"))}


# What statements of a place say as data since (upkeep.statements): filled slots stay where an editor's page shows them.
RETIRED_SLOTS = ("privacy-verantwoordelijke", "toegankelijkheid-status", "toegankelijkheid-melden")


def _load_slots() -> None:
    retired = Slot.objects.filter(key__in=RETIRED_SLOTS)
    retired.update(required=False)
    retired.filter(fills=None).delete()
    for slot in loading.slots():
        values = {name: slot.get(name) or "" for name in ("title", "heading", "help", "example", "fallback")}
        Slot.objects.get_or_create(key=slot["key"], defaults={**values, "required": bool(slot.get("required"))})


def _load_faq(ids: dict[str, int]) -> None:
    for number, entry in enumerate(loading.faq()):
        answer = "".join(f"<p>{inline(part)}</p>" for part in str(entry["answer"]).strip().split("\n\n"))
        FaqEntry.objects.get_or_create(
            key=entry["key"],
            defaults={
                "question": entry["question"],
                "answer": _with_ids(answer, ids),
                "audiences": [code for code in AUDIENCES if code in entry["audiences"]],
                "owner_name": entry["owner"],
                "checked_on": entry.get("checked"),
                "review_due": shipped_due(entry.get("checked"), entry.get("review_due")),
                "sources": "\n".join(entry["sources"]),
                "order": number,
                "live": True,
            },
        )


def _page_ids() -> dict[str, int]:
    return dict(Page.objects.filter(pk__in=_text_ids(), locale__language_code="nl").values_list("slug", "pk"))


def _text_ids() -> Sequence[int]:
    return [pk for model in (ArticlePage, RolePage, StatementPage) for pk in model.objects.values_list("pk", flat=True)]


def _with_ids(text: str, ids: dict[str, int]) -> str:
    """Turn `naast:<slug>` into links that follow a page when it moves.

    What `naast content check` finds dead, a reader sees as plain text.
    """

    def to_page(match: re.Match[str]) -> str:
        quote = match[1]  # in JSON the quotes are escaped
        return f"linktype={quote}page{quote} id={quote}{ids.get(match[2], 0)}{quote}"

    return _NAAST_LINK.sub(to_page, text)
