"""Owners are asked by one mail with one link, reminded twice, and then the editors hear it; in small steps."""

from datetime import timedelta
from itertools import count
from unittest import mock
from uuid import uuid4

import pytest
from django.db import connection

from naast.core import clock
from naast.core.models import OutboxMail
from naast.directory.keeping import asking, queries, rules
from naast.directory.keeping.models import Answer
from naast.directory.models import Confirmation, ConfirmationLink, KeepingChoice, Offer, Organisation, State
from naast.people.tests.factories import staff

from .factories import (
    ADDRESS,
    DAY,
    asked_by_mail,
    due_offer,
    editor_of,
    mails,
    organisation,
    place,
    regional_editor_of,
    scope_of,
    text_of,
    token_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places", "still_clock")]


def later(days: int):
    """Let the clock stand so many days later."""
    return clock.frozen(clock.now() + timedelta(days=days))


def to(kind: str = "directory/confirm") -> list[str]:
    return [str(mail.to) for mail in mails(kind)]


# ---------- dates


def test_every_offer_gets_a_date_and_keeps_it():
    found = due_offer()
    Offer.objects.filter(pk=found.pk).update(next_check=None, checked_on=clock.today() - 10 * DAY)
    assert asking.set_dates() == 1
    found.refresh_from_db()
    assert found.next_check == clock.today() - 10 * DAY + rules.CHECK_AGAIN
    assert asking.set_dates() == 0


# ---------- whom


def test_an_organisation_gets_one_mail_about_all_that_is_due():
    for _ in range(3):
        due_offer()
    due_offer(on=clock.today() + DAY)  # not yet
    assert asking.ask_owners() == 1
    assert to() == [ADDRESS]
    assert "3" in text_of(mails()[0])
    assert ConfirmationLink.objects.get().confirmations.count() == 3


def test_who_holds_the_role_of_provider_is_asked_instead_of_the_general_address():
    found = due_offer()
    people = {staff("provider", scope_of(found.organisation)).email for _ in range(2)}
    staff("provider", scope_of(found.organisation), is_active=False)
    asking.ask_owners()
    assert set(to()) == people
    assert len({token_in(mail) for mail in mails()}) == 1  # the same page for colleagues


def test_without_an_address_the_editors_who_keep_it_are_asked_and_sign_in():
    keeper, region, elsewhere = editor_of("enschede"), regional_editor_of("twente"), editor_of("houten")
    found = due_offer(email="", area=["enschede"])
    Offer.objects.filter(pk=found.pk).update(keeper_id=place("enschede").id)
    assert asking.ask_owners() == 1
    assert set(to("directory/unanswered")) == {keeper.email, region.email}
    assert elsewhere.email not in to("directory/unanswered")
    assert not ConfirmationLink.objects.exists()
    assert "/beheer/nakijken/" in text_of(mails("directory/unanswered")[0])


def test_without_a_keeper_the_region_that_it_serves_is_asked():
    own, other = regional_editor_of("twente"), regional_editor_of("drechtsteden")
    due_offer(email="", area=["twente"])
    asking.ask_owners()
    assert to("directory/unanswered") == [own.email]
    assert other.email not in to("directory/unanswered")


def test_an_offer_of_the_country_is_every_regions():
    people = {regional_editor_of("twente").email, regional_editor_of("drechtsteden").email}
    due_offer(email="", area=["nederland"])
    asking.ask_owners()
    assert set(to("directory/unanswered")) == people


@pytest.mark.parametrize("state", [State.ENDED, State.MERGED])
def test_what_ended_or_was_merged_is_asked_of_nobody(state):
    Offer.objects.filter(pk=due_offer().pk).update(state=state)
    assert asking.ask_owners() == 0


def test_of_an_organisation_that_ended_nothing_is_asked():
    found = due_offer()
    Organisation.objects.filter(pk=found.organisation_id).update(ended=True)
    assert asking.ask_owners() == 0


# ---------- when


def test_two_reminders_and_then_the_editors_hear_it_once():
    editor = editor_of("enschede")
    due_offer()
    for day, sent, told in ((0, 1, 0), (13, 1, 0), (14, 2, 0), (28, 3, 0), (41, 3, 0), (42, 3, 1), (80, 3, 1)):
        with later(day):
            asking.ask_owners()
            asking.ask_owners()
            assert len(mails()) == sent, day
            assert len([one for one in to("directory/unanswered") if one == editor.email]) == told, day
    assert "Herinnering" in text_of(mails()[1])
    assert "Herinnering" not in text_of(mails()[0])
    assert Confirmation.objects.get().told_on == clock.today() + 42 * DAY


def test_who_answered_is_not_reminded():
    due_offer()
    asking.ask_owners()
    Confirmation.objects.update(answer=Answer.TRUE, answered_on=clock.today())
    with later(14):
        assert asking.ask_owners() == 0


def test_what_comes_due_after_a_mail_waits_for_the_next_one():
    due_offer()
    due_offer(on=clock.today() + 3 * DAY)
    asking.ask_owners()
    with later(5):
        assert asking.ask_owners() == 0
    with later(14):
        assert asking.ask_owners() == 1
    assert [link.confirmations.count() for link in ConfirmationLink.objects.order_by("made_on")] == [1, 2]


def test_a_reminder_has_a_link_of_its_own_and_the_older_one_still_works_for_its_thirty_days():
    due_offer()
    first = asked_by_mail()
    with later(14):
        second = asked_by_mail()
        assert first != second
        assert queries.link_at(first)[0] == queries.link_at(second)[0] == "open"
    with later(31):
        assert queries.link_at(first)[0] == "expired"
        assert queries.link_at(second)[0] == "open"


def test_of_a_link_only_a_hash_is_kept_also_while_its_mail_waits():
    due_offer()
    token = asked_by_mail()
    mail = OutboxMail.objects.get()
    kept = repr([mail.context, mail.message_id, *ConfirmationLink.objects.values_list("digest", "owner", "pk")])
    assert token not in kept
    assert token.encode() not in bytes(ConfirmationLink.objects.get().digest)


def test_the_mail_holds_no_name_of_an_offer():
    found = due_offer(name="Praatgroep voor vaders")
    asking.ask_owners()
    text = text_of(mails()[0])
    assert found.name not in text
    assert "30 dagen" in text


# ---------- many


def many(offers: int, owners: int) -> None:
    """Offers of so many organisations, all due tonight; the first of each by the model, the others copied in the database."""
    made = Organisation.objects.bulk_create(
        [Organisation(slug=f"o-{n}", name=f"Organisatie {n}", email=f"o{n}@samen.example") for n in range(owners)]
    )
    Offer.objects.bulk_create(
        [
            Offer(slug=f"hulp-{n}", name="Hulp", summary="Iemand luistert.", organisation=one, next_check=clock.today())
            for n, one in enumerate(made)
        ]
    )
    fresh = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    copied = [field.column for field in Offer._meta.concrete_fields if field.name not in ("id", "slug")]
    with connection.cursor() as cursor:
        for copy in range(offers // owners - 1):
            cursor.execute(
                f"INSERT INTO directory_offer (id, slug, {', '.join(copied)}) "  # noqa: S608 - our own columns
                f"SELECT {fresh}, slug || '-' || %s, {', '.join(copied)} FROM directory_offer WHERE slug IN "
                f"({', '.join(['%s'] * owners)})",
                [str(copy), *(f"hulp-{n}" for n in range(owners))],
            )


def test_ten_thousand_due_in_one_night_is_a_mail_an_owner_and_a_bounded_number_of_questions():
    many(10_000, 100)
    asked = count()
    with connection.execute_wrapper(lambda execute, *call: (next(asked), execute(*call))[1]):
        assert asking.ask_owners() == 100
    assert next(asked) < 1_500
    assert len(mails()) == 100
    assert Confirmation.objects.filter(times=1).count() == 10_000
    assert asking.ask_owners() == 0
    assert len(mails()) == 100


def test_ten_thousand_are_written_in_many_small_transactions():
    many(200, 200)
    with mock.patch.object(asking.transaction, "atomic", wraps=asking.transaction.atomic) as atomic:
        asking.ask_owners()
    assert atomic.call_count >= 200 / asking.OWNERS_AT_ONCE


def test_when_it_stops_halfway_the_rest_is_asked_later_and_nobody_twice():
    many(60, 60)
    real, calls = asking._ask, count()

    def breaks(*args):
        if next(calls) == 40:
            raise RuntimeError("power")
        real(*args)

    with mock.patch.object(asking, "_ask", breaks), pytest.raises(RuntimeError):
        asking.ask_owners()
    assert len(mails()) == asking.OWNERS_AT_ONCE
    asking.ask_owners()
    assert len(to()) == len(set(to())) == 60


# ---------- hiding and forgetting


def late_offer(days: int, *, told: int = 40, **changes):
    found = due_offer(on=clock.today() - days * DAY, **changes)
    Confirmation.objects.create(
        offer=found, due=found.next_check, owner="place:enschede", times=3, last_on=clock.today() - told * DAY,
        told_on=clock.today() - told * DAY,
    )  # fmt: skip
    return found


def states(*offers: Offer) -> list[str]:
    return [str(Offer.objects.get(pk=one.pk).state) for one in offers]


def test_what_nobody_confirms_for_a_year_is_hidden_and_a_helpline_never():
    old, fresh, helpline = late_offer(370), late_offer(300), late_offer(900, helpline=True)
    assert asking.hide_forgotten() == 1
    assert states(old, fresh, helpline) == ["verborgen", "open", "open"]
    assert asking.hide_forgotten() == 0


def test_nothing_is_hidden_before_its_editors_knew_for_a_month():
    found = late_offer(400, told=29)
    assert asking.hide_forgotten() == 0
    assert states(found) == ["open"]


def test_a_place_chooses_when_or_never():
    sooner, never = late_offer(200), late_offer(900, area=["houten"])
    KeepingChoice.objects.create(place_id=place("twente").id, hide_after=6)
    KeepingChoice.objects.create(place_id=place("houten").id, hide_after=None)
    asking.hide_forgotten()
    assert states(sooner, never) == ["verborgen", "open"]


def test_what_was_asked_long_ago_is_forgotten():
    found = due_offer()
    asked_by_mail()
    Offer.objects.filter(pk=found.pk).update(next_check=clock.today() + 900 * DAY)
    with later(800):
        assert asking.forget() >= 2
    assert not Confirmation.objects.exists()
    assert not ConfirmationLink.objects.exists()


def test_an_organisation_that_was_deleted_leaves_nothing_to_ask():
    found = due_offer()
    asked_by_mail()
    organisation_id = found.organisation_id
    Offer.objects.filter(organisation_id=organisation_id).delete()
    Organisation.objects.filter(pk=organisation_id).delete()
    with later(14):
        assert asking.ask_owners() == 0
    assert queries.addresses_of([f"organisation:{organisation_id}", f"organisation:{uuid4()}"]) == {}


def test_an_owner_whose_address_went_is_replaced_by_the_editors():
    editor = regional_editor_of("twente")
    due_offer()
    asking.ask_owners()
    organisation(email="")
    with later(14):
        asking.ask_owners()
    assert to("directory/unanswered") == [editor.email]
