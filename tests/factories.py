"""Samples for the permission matrix: what fills the converters of an address, and what only its own readers may see.

A room that adds an address with an argument adds its sample here; the matrix fails and names the address until it does.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from naast.places.rules import PlaceInfo


@dataclass(frozen=True)
class Sample:
    """A record at a place: arguments of its address, and marks (texts, numbers) that a stranger to it never reads."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    args: tuple[Any, ...] = ()
    path: str = ""  # the whole address, where it has no name to reverse
    marks: tuple[str, ...] = ()
    data: dict[str, str] = field(default_factory=dict)  # what a form would send
    organisation: UUID | None = None  # whose record it is as well, where providers keep it
    code: str = ""  # what opens the locker in which it lies
    only_mine: bool = False  # one person's own record: no role reaches it


Provider = Callable[[PlaceInfo], Sample]
SAMPLES: dict[str, Provider] = {}
MARK = "Hoe vertel ik het mijn zoon van zeven, die steeds boos is?"


def sample(*names: str) -> Callable[[Provider], Provider]:
    """Register a provider for these addresses."""

    def keep(provider: Provider) -> Provider:
        SAMPLES.update(dict.fromkeys(names, provider))
        return provider

    return keep


@sample("people:end-session")
def somebodys_session(place: PlaceInfo) -> Sample:
    """Return a session of somebody else at the same place."""
    from naast.people.actions import open_session
    from naast.people.tests.factories import staff

    session = open_session(user=staff("adviser", place))
    return Sample({"session_id": session.pk})


@sample("people:set-password")
def dead_link(place: PlaceInfo) -> Sample:
    """Return a link that opens nothing."""
    return Sample({"uidb64": "bm9ib2R5", "token": "dead-link"})


@sample("theme")
def theme(place: PlaceInfo) -> Sample:
    """Return the address of the place's theme."""
    return Sample({"place": place.slug, "digest": "00000000"})


@sample("logo")
def logo(place: PlaceInfo) -> Sample:
    """Return the address of a logo that is not there."""
    return Sample({"place": place.slug, "digest": "00000000"})


@sample("upkeep:place", "upkeep:style", "upkeep:host", "upkeep:check", "upkeep:preview-css")
def looked_after(place: PlaceInfo) -> Sample:
    """Return a place whose style and address its administrator chooses."""
    return Sample({"place": place.slug}, data={"do": "look", "base": "naast", "host": "10.0.0.1"})


@sample("upkeep:preview")
def previewed(place: PlaceInfo) -> Sample:
    """Return a page of a place in a style that is being chosen."""
    return Sample({"place": place.slug, "page": "begin"})


@sample("upkeep:put-back")
def earlier_style(place: PlaceInfo) -> Sample:
    """Return a house style that the place used before."""
    from naast.core import clock
    from naast.places.models import HouseStyle

    now = clock.now()
    made = HouseStyle.objects.create(place_id=place.id, state="earlier", base="naast", changed_at=now, published_at=now)
    return Sample({"place": place.slug, "style_id": made.pk})


@sample("demo:as")
def role(place: PlaceInfo) -> Sample:
    """Return a role of the demonstration's bar."""
    return Sample({"role": "adviser"})


@sample("desk:list")
def work_list(place: PlaceInfo) -> Sample:
    """Return a work list in which one question of the place waits."""
    found = question(place)
    return Sample(marks=found.marks)


@sample("desk:question", "desk:draft")
def question(place: PlaceInfo) -> Sample:
    """Return a question asked at the place."""
    from naast.contact.tests.factories import asked
    from naast.people.tests.factories import staff

    staff("adviser", place)  # without somebody who answers there, the question goes to another desk
    made = asked(MARK, at=place.slug)
    return Sample({"question_id": made.pk}, marks=(MARK[:24], made.number, str(made.pk)), data={"do": "take"})


@sample("directory_gaps_of")
def gaps_of(place: PlaceInfo) -> Sample:
    """Return the gaps in the offer of a place."""
    return Sample({"place": place.slug})


@sample("directory:offer-calendar")
def offer_calendar(place: PlaceInfo) -> Sample:
    """Return the calendar of an offer with hours."""
    from naast.directory.tests.factories import offer

    opening = [{"weekday": 2, "opens": "09:00", "closes": "12:00"}]
    return Sample({"slug": offer(slug="inloop-met-uren", area=[place.slug], opening=opening).slug})


@sample("content_slots_of")
def slots_of(place: PlaceInfo) -> Sample:
    """Return the slots of a place."""
    return Sample({"place": place.slug})


@sample("content_slot")
def slot_of(place: PlaceInfo) -> Sample:
    """Return one slot of a place, filled with words that only its own editors see here."""
    from naast.content import library
    from naast.content.models import Slot

    Slot.objects.get_or_create(key="proef", defaults={"title": "Proef", "help": "Om te proeven"})
    library._held = None
    return Sample({"place": place.slug, "key": "proef"})


@sample("content:list", "content:list-paper")
def checklist(place: PlaceInfo) -> Sample:
    """Return a shipped list to tick off."""
    from naast.content.media import loading as extras_loading

    extras_loading.load()
    return Sample({"slug": "eerste-week"})


@sample("film-file")
def film_file(place: PlaceInfo) -> Sample:
    """Return a shipped film."""
    from naast.content.media import loading as extras_loading

    extras_loading.load()
    return Sample({"key": "je-mag-van-allebei-houden", "name": "film.mp4"})


@sample("wagtail_serve")
def page(place: PlaceInfo) -> Sample:
    """Return an address in the shared tree."""
    return Sample(args=("ouders/",))


@sample("directory:offer")
def offer(place: PlaceInfo) -> Sample:
    """Return an offer that does not exist: reading offers needs no right."""
    return Sample({"slug": "geen-aanbod"})


@sample("directory_words_remove")
def peoples_word(place: PlaceInfo) -> Sample:
    """Return an entry that an editor added to the thesaurus."""
    from naast.directory.wording.tests.factories import wording

    return Sample({"wording_id": wording().pk})


@sample("guide:flow", "guide:answers", "guide:clear", "guide:leave", "guide:plan", "guide:keep", "guide:share")
def guide(place: PlaceInfo) -> Sample:
    """Return a shipped guide."""
    from tests.shipped import guides

    guides().put()
    return Sample({"slug": "uit-elkaar"})


@sample("guide:question")
def guide_question(place: PlaceInfo) -> Sample:
    """Return the first question of a guide."""
    return Sample({**guide(place).kwargs, "number": 1})


@sample("guide:paper")
def guide_paper(place: PlaceInfo) -> Sample:
    """Return the paper of a guide's plan."""
    return Sample({**guide(place).kwargs, "paper": "plan.pdf"})


@sample("guide:shared")
def shared_plan(place: PlaceInfo) -> Sample:
    """Return an address under which no plan lies."""
    return Sample({"token": "a" * 22})


@sample("guide:kept")
def kept_plan(place: PlaceInfo) -> Sample:
    """Return a plan in somebody's locker."""
    from naast.contact.tests.factories import number
    from naast.flows import queries
    from naast.guide import actions, rules
    from naast.guide.models import KeptPlan

    guide(place)
    version = queries.current("uit-elkaar")
    assert version is not None
    plan = rules.Plan(((version.flow.steps[0].id, version.flow.steps[0].order),), (), version.flow.outcomes[0].id)
    before = set(KeptPlan.objects.values_list("pk", flat=True))
    kept = actions.keep_plan(once=number(), place=place, version=version, plan=plan, locker=None)
    row = KeptPlan.objects.exclude(pk__in=before).get()
    return Sample({"plan_id": row.pk}, marks=(str(version.flow.steps[0].title),), code=" ".join(kept.code_words))


@sample("guide:kept-paper")
def kept_paper(place: PlaceInfo) -> Sample:
    """Return the paper of a plan in somebody's locker."""
    found = kept_plan(place)
    return Sample({**found.kwargs, "paper": "plan.pdf"}, marks=found.marks, code=found.code)


@sample(
    "api:aanbod-een", "api:organisaties-een", "hsds:service", "hsds:organization", "hsds:taxonomy", "hsds:taxonomy-term",
    "hsds:service-at-location",
)  # fmt: skip
def api_offer(place: PlaceInfo) -> Sample:
    """Return an offer that does not exist."""
    return Sample({"id": "00000000-0000-4000-8000-000000000000"})


@sample("hsds:None")
def hsds_nowhere(place: PlaceInfo) -> Sample:
    """Return an address that the Open Referral API does not have."""
    return Sample(path="/hsds/v3/nowhere")


@sample("api:None")
def api_nowhere(place: PlaceInfo) -> Sample:
    """Return an address that the API does not have."""
    return Sample(path="/api/v1/nergens")


@sample("conversations:thread", "conversations:finish", "conversations:erase")
def thread(place: PlaceInfo) -> Sample:
    """Return a conversation in somebody's locker."""
    from naast.contact.tests.factories import ask

    made = ask(MARK, at=place.slug)
    thread_id, code = made.question.thread_id, " ".join(made.code_words)
    return Sample({"thread_id": thread_id}, marks=(MARK[:24],), data={"text": "Nog iets."}, code=code)


@sample("together:poll")
def poll(place: PlaceInfo) -> Sample:
    """Return a poll at the place."""
    from naast.together.tests.factories import poll as made

    return Sample({"slug": made(place.slug).slug}, data={"option": "a"})


@sample("together:evening", "together:calendar")
def evening(place: PlaceInfo) -> Sample:
    """Return an evening at the place."""
    from naast.together.tests.factories import evening as made

    return Sample({"slug": made(place.slug).slug}, data={"nickname": "Ster", "together": "1"})


@sample("together:sign-off")
def sign_off(place: PlaceInfo) -> Sample:
    """Return the address of somebody who is not on the list."""
    from naast.together.tests.factories import evening as made

    return Sample({"slug": made(place.slug).slug, "word": "niemand"})


@sample("together_of", "together_new_poll", "together_new_evening")
def together_of(place: PlaceInfo) -> Sample:
    """Return the polls and evenings of a place."""
    return Sample({"place": place.slug})


@sample("together_poll")
def own_poll(place: PlaceInfo) -> Sample:
    """Return a poll that its own editors write."""
    from naast.together.tests.factories import poll as made

    row = made(place.slug, question=MARK[:60])
    return Sample({"place": place.slug, "poll_id": row.pk}, marks=(MARK[:24],))


@sample("together_evening")
def own_evening(place: PlaceInfo) -> Sample:
    """Return an evening with somebody on its list, whose nickname only its own editors read."""
    from naast.together import actions
    from naast.together.tests.factories import evening as made
    from naast.together.tests.factories import fresh

    row = made(place.slug)
    actions.sign_up(once=fresh(), evening=row, nickname="Zonnebloem", together=1, place=place)
    return Sample({"place": place.slug, "evening_id": row.pk}, marks=("Zonnebloem",))


@sample("freshness_of")
def freshness_of(place: PlaceInfo) -> Sample:
    """Return what a place must look at again."""
    return Sample({"place": place.slug})


@sample("freshness_still_true")
def still_true(place: PlaceInfo) -> Sample:
    """Return a place's own words that its editors keep."""
    from naast.content.models import Slot
    from naast.content.tests.factories import filled

    Slot.objects.get_or_create(key="proef", defaults={"title": "Proef", "help": "Om te proeven"})
    return Sample({"place": place.slug, "kind": "plek", "record": str(filled(place.slug, "proef").pk)})


@sample(
    "guides:overview",
    "guides:drawing",
    "guides:svg",
    "guides:preview",
    "guides:versions",
    "guides:text",
    "guides:publish",
)
def edited_guide(place: PlaceInfo) -> Sample:
    """Return a guide in the editors' admin."""
    return guide(place)


@sample("guides:item", "guides:check")
def part_of_a_guide(place: PlaceInfo) -> Sample:
    """Return the first question of a guide in the editors' admin."""
    return Sample({**guide(place).kwargs, "part": "questions", "number": 1})


@sample("guides:local-of")
def own_steps_of(place: PlaceInfo) -> Sample:
    """Return a place's own steps, one of them written."""
    return Sample({"place": place.slug}, marks=own_step(place).marks)


@sample("guides:local-new")
def new_own_step(place: PlaceInfo) -> Sample:
    """Return the form of a new step of a place."""
    return Sample({"place": place.slug, "guide": guide(place).kwargs["slug"]})


@sample("guides:local-words")
def own_words(place: PlaceInfo) -> Sample:
    """Return the form of a place's own words in a marked step."""
    from naast.flows import queries

    slug = guide(place).kwargs["slug"]
    version = queries.current(slug)
    assert version is not None
    return Sample({"place": place.slug, "guide": slug, "step": next(s.id for s in version.flow.steps if s.local)})


@sample("guides:local-step")
def own_step(place: PlaceInfo) -> Sample:
    """Return a step of a place, with words that only its own editors read in the admin."""
    from naast.guide import local

    fields = {"title": "Kom naar het proefuur", "why": "Daar is iemand.", "with_whom": "Het loket", "costs": "Gratis."}
    slug = guide(place).kwargs["slug"]
    made = local.save(user=None, place=place, slug=slug, step=None, fields=fields)
    return Sample({"place": place.slug, "step_id": made.pk}, marks=("Kom naar het proefuur",))


@sample("together_strike")
def struck(place: PlaceInfo) -> Sample:
    """Return somebody who is not on the list of an evening."""
    from naast.together.tests.factories import evening as made

    return Sample({"place": place.slug, "evening_id": made(place.slug).pk, "sign_up_id": uuid4()})


def _kept_offer(place: PlaceInfo) -> Any:
    from naast.directory.tests.factories import offer as made

    return made(
        name="Proefaanbod van deze plaats", area=[place.slug], keeper=place.slug, organisation=f"huis-{place.slug}"
    )


@sample("help:index")
def kept_offers(place: PlaceInfo) -> Sample:
    """Return the list of the offers that a place keeps."""
    _kept_offer(place)
    return Sample(marks=("Proefaanbod van deze plaats",))


@sample("help:edit", "help:state", "help:history", "own:contact-save")
def kept_offer(place: PlaceInfo) -> Sample:
    """Return an offer that only its own editors change."""
    return Sample({"offer_id": _kept_offer(place).pk}, marks=("Proefaanbod van deze plaats",))


@sample("own:contact")
def professional_contact(place: PlaceInfo) -> Sample:
    """Return whom professionals of the place ask about an offer."""
    from naast.directory.editing.actions import save_contact

    made = _kept_offer(place)
    save_contact(offer=made, text="Vraag naar de proefleider", by="staff:x")
    return Sample({"offer_id": made.pk}, marks=("proefleider",))


@sample("help:organisation")
def kept_organisation(place: PlaceInfo) -> Sample:
    """Return an organisation all of whose offers the place keeps."""
    return Sample({"organisation_id": _kept_offer(place).organisation_id})


@sample("help:proposal")
def proposal(place: PlaceInfo) -> Sample:
    """Return a proposal that waits for the place's editors."""
    from naast.directory.editing.actions import propose

    change = propose(offer=_kept_offer(place), values={"summary": "Een voorstel dat wacht."}, by="link:1")
    assert change is not None
    return Sample({"change_id": change.pk}, marks=("Een voorstel dat wacht.",))


@sample("help:merge")
def two_alike(place: PlaceInfo) -> Sample:
    """Return two offers of the place that could be one."""
    keep, gone = _kept_offer(place), _kept_offer(place)
    return Sample({"keep_id": keep.pk, "gone_id": gone.pk}, marks=("Proefaanbod van deze plaats",))


@sample("own:offer", "own:still-true", "own:propose", "own:withdraw")
def offer_of_a_provider(place: PlaceInfo) -> Sample:
    """Return an offer that only its own organisation's providers keep: no role at a place reaches it."""
    return Sample({"offer_id": _kept_offer(place).pk}, marks=("Proefaanbod van deze plaats",))


@sample("own:rule")
def place_rule(place: PlaceInfo) -> Sample:
    """Return how a place treats what providers change."""
    return Sample({"place": place.slug})


@sample("offer-check")
def mailed_link(place: PlaceInfo) -> Sample:
    """Return a mailed link that opens nothing: reading needs the token, no right."""
    return Sample({"token": "a" * 32}, data={"do": "klopt"})


@sample("offer-check-change", "offer-check-ended")
def behind_a_mailed_link(place: PlaceInfo) -> Sample:
    """Return a page behind a mailed link that opens nothing."""
    return Sample({"token": "a" * 32, "asked": uuid4()})


@sample("freshness_hiding")
def hiding(place: PlaceInfo) -> Sample:
    """Return a place that chooses when it hides help that nobody confirms."""
    return Sample({"place": place.slug}, data={"months": "24"})


@sample("offer-waiting")
def waiting_time(place: PlaceInfo) -> Sample:
    """Return an offer that a place's own editors keep, with a name that the others read elsewhere only."""
    from naast.directory.tests.factories import offer as made

    row = made(name=MARK[:60], area=[place.slug])
    return Sample({"offer_id": row.pk}, marks=(MARK[:24],), data={"waiting": "1-2"})


from tests import samples_trust  # noqa: E402, F401  its samples register themselves
