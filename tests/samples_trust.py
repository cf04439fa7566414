"""Samples of the addresses about trust: people and roles, who read what, what is kept, statements, sign-in."""

from naast.places.rules import PlaceInfo
from tests.factories import Sample, sample


@sample("upload")
def signed_file(place: PlaceInfo) -> Sample:
    """Return the address of an upload whose signature is not ours."""
    return Sample({"token": "nobody:signed:this"})


@sample("statements:place")
def declared(place: PlaceInfo) -> Sample:
    """Return a place whose statements its administrator keeps."""
    return Sample({"place": place.slug})


@sample("statements:statement")
def statement(place: PlaceInfo) -> Sample:
    """Return a statement that is being written, with words that strangers never read."""
    from naast.core import clock
    from naast.upkeep.statements.models import Statement

    Statement.objects.update_or_create(
        place_id=place.id,
        kind="contact",
        state="draft",
        defaults={"data": {"organisation": "Concept van niemand anders"}, "changed_at": clock.now()},
    )
    return Sample(
        {"place": place.slug, "kind": "contact"},
        marks=("Concept van niemand anders",),
        data={"do": "look", "organisation": "Gemeente"},
    )


@sample("people:passkey-rename", "people:passkey-remove")
def somebodys_passkey(place: PlaceInfo) -> Sample:
    """Return a passkey of somebody else at the same place."""
    from allauth.mfa.models import Authenticator

    from naast.people.tests.factories import staff

    data = {"name": "Sleutel van een collega", "credential": {}}
    passkey = Authenticator.objects.create(user=staff("adviser", place), type="webauthn", data=data)
    return Sample({"passkey_id": passkey.pk}, marks=("Sleutel van een collega",), data={"name": "Andere naam"})


@sample("people:place", "people:matrix", "people:matrix-sheet")
def people_of_a_place(place: PlaceInfo) -> Sample:
    """Return a place where somebody works whose name only its administrator and privacy officer read."""
    from naast.people.tests.factories import staff

    made = staff("adviser", place, display_name="Wie alleen de beheerder ziet")
    return Sample({"place": place.slug}, marks=(made.display_name, made.email))


@sample("people:invite")
def inviting(place: PlaceInfo) -> Sample:
    """Return a place to which somebody is invited."""
    data = {"email": "nieuw@gemeente.example", "display_name": "Nieuwe Collega", "role": "adviser"}
    return Sample({"place": place.slug}, data=data)


@sample("people:invitation")
def waiting_invitation(place: PlaceInfo) -> Sample:
    """Return an invitation of a place that waits."""
    from datetime import timedelta

    from naast.core import clock
    from naast.people.staffing.models import Invitation
    from naast.people.tests.factories import staff

    now = clock.now()
    user = staff("adviser", place, is_active=False)
    made = Invitation.objects.create(user=user, place_id=place.id, sent_at=now, ends_at=now + timedelta(days=3))
    return Sample({"place": place.slug, "invitation_id": made.pk}, data={"do": "again"})


@sample("people:person", "people:give-role", "people:leaves")
def colleague(place: PlaceInfo) -> Sample:
    """Return somebody who works at a place."""
    from naast.people.tests.factories import staff

    made = staff("adviser", place, display_name="Wie alleen de beheerder ziet")
    return Sample({"place": place.slug, "user_id": made.pk}, marks=(made.display_name,), data={"role": "editor"})


@sample("people:role")
def somebodys_role(place: PlaceInfo) -> Sample:
    """Return a role of somebody at a place."""
    found = colleague(place)
    from naast.people.models import Grant

    grant = Grant.objects.get(user_id=found.kwargs["user_id"])
    return Sample({**found.kwargs, "grant_id": grant.pk}, marks=found.marks, data={"do": "end"})


@sample("people:absence-end", "people:absence-end-colleague")
def somebodys_absence(place: PlaceInfo) -> Sample:
    """Return days on which somebody of a place is away."""
    from naast.people.tests.factories import AbsenceFactory, staff

    return Sample({"absence_id": AbsenceFactory(user=staff("adviser", place)).pk})


@sample("people:mandates")
def mandates_of_a_place(place: PlaceInfo) -> Sample:
    """Return a place with a mandate."""
    found = noted_mandate(place)
    return Sample({"place": place.slug}, marks=found.marks)


@sample("people:mandate-new", "desk:team-new")
def something_new(place: PlaceInfo) -> Sample:
    """Return a place for which something is noted that was not there."""
    return Sample({"place": place.slug}, data={"decision": "spend-fund", "name": ""})


@sample("people:mandate")
def noted_mandate(place: PlaceInfo) -> Sample:
    """Return a mandate of a place, with words that only its administrators read here."""
    from datetime import date

    from naast.people.staffing.models import Mandate

    office = "Functie die alleen hier staat"
    day = date(2026, 1, 1)
    made = Mandate.objects.create(
        place_id=place.id, decision="spend-fund", office=office, starts=day, paper="Besluit", paper_date=day
    )
    return Sample({"place": place.slug, "mandate_id": made.pk}, marks=(office,), data={"decision": "spend-fund"})


@sample("desk:teams")
def teams_of_a_place(place: PlaceInfo) -> Sample:
    """Return a place with a team."""
    found = team(place)
    return Sample({"place": place.slug}, marks=found.marks, data=found.data)


@sample("desk:team")
def team(place: PlaceInfo) -> Sample:
    """Return a team of a place."""
    from naast.people.staffing.models import Team

    name = "Team dat alleen hier staat"
    made = Team.objects.filter(place_id=place.id, name=name).first() or Team.objects.create(
        place_id=place.id, name=name
    )
    return Sample({"place": place.slug, "team_id": made.pk}, marks=(name,), data={"name": "Andere naam"})


@sample("desk:knows")
def what_somebody_knows(place: PlaceInfo) -> Sample:
    """Return a colleague at a desk whose knowledge is noted."""
    from naast.people.tests.factories import staff

    made = staff("adviser", place, display_name="Wie veel van recht weet")
    return Sample({"place": place.slug, "user_id": made.pk}, marks=(made.display_name,), data={"kinds": "legal"})


@sample("people:via", "people:via-back")
def sign_in_elsewhere(place: PlaceInfo) -> Sample:
    """Return a provider that the settings do not have."""
    return Sample({"slug": "nergens"})


def a_hold(place: PlaceInfo):
    """Hold everything back at a place."""
    from datetime import timedelta

    from naast.core import clock
    from naast.core.retention import actions

    until = clock.today() + timedelta(days=30)
    return actions.hold(place=place.slug, reason="Bezwaar bij de rechtbank", until=until, actor="staff:1")


@sample("keeping:register")
def place_that_tells(place: PlaceInfo) -> Sample:
    """Return a place; the register itself is the same everywhere."""
    return Sample({"place": place.slug})


@sample("register:page", "register:fill", "register:paper")
def paper_being_written(place: PlaceInfo) -> Sample:
    """Return a place whose register is being written, with words that strangers never read."""
    from naast.core import clock
    from naast.upkeep.register.models import Account

    Account.objects.update_or_create(
        place_id=place.id,
        kind="register",
        state="draft",
        defaults={"data": {"joint": "Alleen voor de functionaris"}, "changed_at": clock.now()},
    )
    data = {"do": "save", "joint": "Alleen voor de functionaris"}
    return Sample({"place": place.slug, "kind": "register"}, marks=("Alleen voor de functionaris",), data=data)


@sample("register:sheet")
def sheet_of_the_register(place: PlaceInfo) -> Sample:
    """Return a place whose sheet holds words that strangers never read."""
    return Sample({"place": place.slug}, marks=paper_being_written(place).marks)


@sample("register:version", "register:version-paper")
def paper_decided_on(place: PlaceInfo) -> Sample:
    """Return a version of a place that was decided on."""
    from naast.core import clock
    from naast.upkeep.register import queries, rules
    from naast.upkeep.register.models import Account

    filled = rules.Register(joint="Alleen voor de functionaris", decided_by="College", decided_on=clock.today())
    row = Account.objects.create(
        place_id=place.id,
        kind="register",
        state="decided",
        data=rules.write(filled),
        document=queries.of_today(place, "register", filled),
        decided_on=filled.decided_on,
        changed_at=clock.now(),
    )
    args = {"place": place.slug, "kind": "register", "version_id": row.pk}
    return Sample(args, marks=("Alleen voor de functionaris",))


@sample("keeping:protocol")
def something_erased(place: PlaceInfo) -> Sample:
    """Return a place at which something was erased."""
    from naast.core import clock
    from naast.core.models import RetentionLine, RetentionRun

    run = RetentionRun.objects.create(actor="system", ended_at=clock.now())
    RetentionLine.objects.create(
        run=run, kind="conversations.Thread", place=place.slug, rule="regel van hier", erased=3
    )
    return Sample({"place": place.slug}, marks=("regel van hier",))


@sample("keeping:holds")
def place_that_keeps(place: PlaceInfo) -> Sample:
    """Return a place with something held back, whose reason strangers never read."""
    a_hold(place)
    return Sample({"place": place.slug}, marks=("Bezwaar bij de rechtbank",))


@sample("keeping:end-hold")
def something_held(place: PlaceInfo) -> Sample:
    """Return a hold of a place."""
    return Sample({"place": place.slug, "hold_id": a_hold(place).pk}, marks=("Bezwaar bij de rechtbank",))


@sample("people:colleague", "people:colleague-file")
def somebody_known(place: PlaceInfo) -> Sample:
    """Return somebody who works at a place, with what is kept about them."""
    from naast.people.tests.factories import staff

    user = staff("adviser", place, display_name="Bekende Collega")
    return Sample({"place": place.slug, "user_id": user.pk}, marks=("Bekende Collega",), data={"sure": "yes"})


@sample("access:log", "access:glass-list", "access:sheet")
def what_was_read(place: PlaceInfo) -> Sample:
    """Return a question that was read in an emergency, by which strangers know neither number nor reason."""
    from naast.core import audit

    row = broken_glass(place)
    audit.record(
        actor=f"staff:{row.user_id}", act="read", kind=row.kind, record_id=row.record_id, place=place.slug, why=row.pk
    )
    return Sample(marks=(row.number,))


@sample("desk:glass", "access:glass-end")
def somebodys_emergency(place: PlaceInfo) -> Sample:
    """Return glass that somebody else broke for a question of the place: it opens for nobody but them."""
    row = broken_glass(place)
    return Sample({"glass_id": row.pk}, marks=(row.number, "Moeder belde in paniek"), only_mine=True)


@sample("access:glass-judge")
def emergency(place: PlaceInfo) -> Sample:
    """Return glass that somebody broke for a question of the place, on which its privacy officer gives an opinion."""
    row = broken_glass(place)
    return Sample(
        {"glass_id": row.pk}, marks=(row.number, "Moeder belde in paniek"), data={"judgement": "right", "note": ""}
    )


def broken_glass(place: PlaceInfo):  # type: ignore[no-untyped-def]
    """Break the glass for a question of a place, by somebody who works elsewhere."""
    from datetime import timedelta

    from naast.contact.tests.factories import asked
    from naast.core import clock
    from naast.people.access.models import BrokenGlass
    from naast.people.tests.factories import staff

    staff("adviser", place)
    question = asked("Ik durf niet naar huis.", at=place.slug)
    row = BrokenGlass(
        user=staff("coordinator", place), role="coordinator", place_id=place.id, kind="contact.Question",
        record_id=str(question.pk), number=question.number, about=str(question.thread.locker_id),
        ends_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    row.reason = "Moeder belde in paniek en was bang."
    row.save(force_insert=True)
    return row
