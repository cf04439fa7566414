"""Making, opening, closing, emptying."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from naast.core import clock, kept, once
from naast.core.models import AuditLine, OutboxMail, Tombstone
from naast.lockers import actions, queries, rules
from naast.lockers.models import Locker
from naast.lockers.tests.factories import EMAIL, a_locker

pytestmark = pytest.mark.django_db
OLD_SALT, NEW_SALT = b"o" * 32, b"n" * 32


def browser():
    request = RequestFactory().post("/kluisje/")
    request.session = SessionStore()
    return request


def test_the_same_form_gives_the_same_locker_and_code(places):
    number = once.read(once.issue())
    first = actions.open_or_create(once=number, place_slug="enschede", audience="ouders")
    again = actions.open_or_create(once=number, place_slug="enschede", audience="ouders")
    assert first.locker == again.locker
    assert first.code_words == again.code_words == actions.code_of(number)
    assert Locker.objects.count() == 1


def test_an_unknown_place_is_refused(places):
    with pytest.raises(LookupError):
        actions.open_or_create(once=once.read(once.issue()), place_slug="nergens", audience="ouders")


def test_the_code_opens_it_however_it_is_typed(places):
    made = a_locker()
    for typed in (made.code, made.code.upper(), made.code.replace(" ", "-")):
        request = browser()
        assert actions.unlock(code=typed, request=request) == made.locker
        assert queries.of_request(request) == made.locker


def test_a_wrong_code_opens_nothing(places):
    made = a_locker()
    wrong = " ".join(reversed(made.code.split()))
    request = browser()
    assert actions.unlock(code=wrong, request=request) is None
    assert queries.of_request(request) is None


def test_a_session_holds_ids_and_a_moment_only(places):
    made = a_locker(email=EMAIL)
    request = browser()
    actions.unlock(code=made.code, request=request)
    assert dict(request.session.items()).keys() == {queries.SESSION_LOCKER, queries.SESSION_SEEN}
    assert request.session[queries.SESSION_LOCKER] == str(made.locker.pk)


def test_opening_gives_a_new_session_number(places):
    made = a_locker()
    request = browser()
    request.session["before"] = 1
    request.session.save()
    before = request.session.session_key
    actions.unlock(code=made.code, request=request)
    assert request.session.session_key != before


def test_wrong_codes_are_limited_before_the_slow_hash_and_right_ones_are_not(
    places, settings, monkeypatch, still_clock
):
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "code": 3}
    made = a_locker()
    for _ in range(6):
        assert actions.unlock(code=made.code, request=browser()) == made.locker
    for _ in range(3):
        assert actions.unlock(code="appel " * 5, request=browser()) is None
    monkeypatch.setattr(rules, "locator", lambda *args, **kwargs: pytest.fail("hashed although limited"))
    with pytest.raises(actions.TooOften) as limit:
        actions.unlock(code=made.code, request=browser())
    assert 0 < limit.value.retry_after <= 60


def test_an_attempt_counts_before_it_is_hashed(places, settings, monkeypatch, still_clock):
    settings.NAAST_LIMITS = {**settings.NAAST_LIMITS, "code": 1}
    made = a_locker()
    seen = []

    def slow(words, *, salt):
        with pytest.raises(actions.TooOften):
            actions.unlock(code=made.code, request=browser())
        seen.append(words)
        return b"x" * 32

    monkeypatch.setattr(rules, "locator", slow)
    assert actions.unlock(code=made.code, request=browser()) is None
    assert len(seen) == 1


def test_a_code_made_with_an_old_salt_opens_and_moves_to_the_newest(places, settings):
    settings.NAAST_LOCKER_SALTS = {"1": OLD_SALT}
    made = a_locker()
    settings.NAAST_LOCKER_SALTS = {"2": NEW_SALT, "1": OLD_SALT}
    assert queries.salts_in_use() == {"1": 1}
    assert actions.unlock(code=made.code, request=browser()) == made.locker
    assert queries.salts_in_use() == {"2": 1}
    assert [salt_id for salt_id, _ in queries.salts_to_try()] == ["2"]
    assert actions.unlock(code=made.code, request=browser()) == made.locker


def test_an_open_locker_closes_after_twenty_idle_minutes(places):
    made = a_locker()
    moment = clock.now()
    request = browser()
    request.COOKIES["sessionid"] = "x"
    with clock.frozen(moment):
        actions.unlock(code=made.code, request=request)
    for minutes, is_open in ((19, True), (38, True), (59, False)):
        queries.remember(request, None)
        del request._naast_locker
        with clock.frozen(moment + timedelta(minutes=minutes)):
            assert (queries.of_request(request) is not None) is is_open, minutes
    assert queries.just_ended(request)


def test_leaving_drops_the_whole_session(places):
    made = a_locker()
    request = browser()
    actions.unlock(code=made.code, request=request)
    actions.leave(request=request)
    assert queries.of_request(request) is None
    assert request.session.is_empty()


def test_an_address_is_kept_encrypted_and_found_by_its_exact_value(places):
    made = a_locker(email=EMAIL)
    stored = Locker.objects.filter(pk=made.locker.pk).values_list("email", flat=True).get()
    assert EMAIL.encode() not in bytes(stored)
    assert Locker.objects.get(pk=made.locker.pk).email == EMAIL
    assert queries.by_email(EMAIL.upper()) == [made.locker]
    actions.set_email(locker=made.locker, email="")
    assert queries.by_email(EMAIL) == []
    assert not queries.has_email(made.locker.pk)


def test_emptying_erases_the_row_leaves_a_tombstone_and_says_nothing_of_what_was_in_it(places):
    made, other = a_locker(email=EMAIL), a_locker()
    assert actions.empty(locker=made.locker) is None
    assert list(Locker.objects.all()) == [other.locker]
    assert Tombstone.objects.filter(model="lockers.Locker", record_id=str(made.locker.pk)).exists()
    line = AuditLine.objects.get(act="empty")
    assert (line.actor, line.record_id, line.fields) == ("locker", str(made.locker.pk), [])
    assert actions.unlock(code=made.code, request=browser()) is None


def test_an_empty_locker_goes_after_a_year_and_one_with_an_address_hears_it_first(places):
    made, silent, used = a_locker(email=EMAIL), a_locker(), a_locker()
    Locker.objects.exclude(pk=used.locker.pk).update(last_used_on=clock.today() - timedelta(days=340))
    assert actions.give_notice() == 1
    assert actions.give_notice() == 0
    mail = OutboxMail.objects.get()
    assert mail.kind == "lockers/will_be_erased"
    assert mail.to == EMAIL
    assert actions.expire_unused() == 0
    with clock.frozen(clock.now() + timedelta(days=40)):
        assert actions.expire_unused() == 2
    assert list(Locker.objects.all()) == [used.locker]
    assert not OutboxMail.objects.exists()
    assert silent.locker.pk != made.locker.pk


def test_a_demonstration_locker_is_made_once_and_never_expires(places):
    first = actions.make_demonstration(name="parent", place_slug="enschede", audience="ouders")
    again = actions.make_demonstration(name="parent", place_slug="enschede", audience="ouders")
    assert first.locker == again.locker
    assert first.code_words == again.code_words
    Locker.objects.update(last_used_on=clock.today() - timedelta(days=900))
    assert actions.expire_unused() == 0
    assert actions.unlock(code=" ".join(first.code_words), request=browser()) == first.locker


def test_what_is_kept_is_declared_with_export_erasing_and_expiry():
    entry = next(entry for entry in kept.all_kept() if entry.model == "lockers.Locker")
    assert entry.export
    assert entry.erase
    assert entry.past


def test_rows_are_limited_by_the_scopes_somebody_has(places):
    from naast.people.policy import Scope

    here, there = a_locker(place="enschede").locker, a_locker(place="houten").locker
    assert list(Locker.objects.within([Scope("municipality", here.place_id)])) == [here]
    assert list(Locker.objects.within([Scope("municipality", there.place_id)])) == [there]
    assert not Locker.objects.within([]).exists()
