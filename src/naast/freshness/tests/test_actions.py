"""People are asked once a stage, somebody says it is still true, links are looked at politely."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from naast.content.models import ArticlePage, SlotFill
from naast.content.tests.conftest import shared_tree  # noqa: F401 - a fixture
from naast.content.tests.factories import article, editor_of, filled, regional_editor_of
from naast.core import clock
from naast.core.models import AuditLine, OutboxMail
from naast.core.outbound import Seen
from naast.freshness import actions, queries
from naast.freshness.models import Link

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def due(page: ArticlePage, *, days: int) -> ArticlePage:
    ArticlePage.objects.filter(pk=page.pk).update(
        checked_on=clock.today() - 90 * DAY, review_due=clock.today() + days * DAY
    )
    return page


def mailed() -> list[str]:
    return [str(mail.to) for mail in OutboxMail.objects.filter(kind="freshness/look_again")]


def test_the_keeper_is_asked_and_nobody_else(shared_tree):  # noqa: F811
    keeper = regional_editor_of("twente")
    other = regional_editor_of("twente")
    page = due(article("een-ouderschapsplan-maken"), days=10)
    ArticlePage.objects.filter(pk=page.pk).update(keeper=keeper)
    assert actions.remind() == 1
    assert mailed() == [keeper.email]
    assert other.email not in mailed()


def test_without_a_keeper_all_who_may_change_shared_texts_are_asked(shared_tree):  # noqa: F811
    people = {regional_editor_of("twente").email, regional_editor_of("twente").email}
    due(article("een-ouderschapsplan-maken"), days=0)
    actions.remind()
    assert set(mailed()) == people


def test_a_second_run_asks_nobody_again_and_the_next_stage_does(shared_tree, still_clock):  # noqa: F811
    regional_editor_of("twente")
    due(article("een-ouderschapsplan-maken"), days=10)
    assert actions.remind() == 1
    assert actions.remind() == 0
    with clock.frozen(clock.now() + 10 * DAY):
        assert actions.remind() == 1
    with clock.frozen(clock.now() + 24 * DAY):
        assert actions.remind() == 1
    with clock.frozen(clock.now() + 100 * DAY):
        assert actions.remind() == 0


def test_when_the_keeper_lets_it_lie_everybody_is_asked(shared_tree):  # noqa: F811
    keeper, other = regional_editor_of("twente"), regional_editor_of("twente")
    page = due(article("een-ouderschapsplan-maken"), days=-20)
    ArticlePage.objects.filter(pk=page.pk).update(keeper=keeper)
    actions.remind()
    assert set(mailed()) == {keeper.email, other.email}


def test_a_places_own_words_are_asked_of_that_place(shared_tree):  # noqa: F811
    own, elsewhere = editor_of("enschede"), editor_of("houten")
    filled("enschede", "kinderen-wie-leest", due=clock.today() + 5 * DAY)
    actions.remind()
    assert mailed() == [own.email]
    assert elsewhere.email not in mailed()


def test_the_mail_holds_no_word_of_a_text(shared_tree):  # noqa: F811
    regional_editor_of("twente")
    page = due(article("een-ouderschapsplan-maken"), days=0)
    actions.remind()
    from naast.core.mail import compose

    text = compose(OutboxMail.objects.get(kind="freshness/look_again"))
    assert page.title not in text.subject + text.body
    assert "/beheer/nakijken/" in text.body


def test_still_true_takes_it_off_the_list_for_a_year_and_out_of_the_draft_too(shared_tree):  # noqa: F811
    user = regional_editor_of("twente")
    page = due(article("een-ouderschapsplan-maken"), days=-3)
    page.refresh_from_db()
    page.save_revision()
    actions.still_true(user=user, kind="artikel", record=str(page.pk))
    page.refresh_from_db()
    assert (page.checked_on, page.review_due) == (clock.today(), clock.today() + 365 * DAY)
    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert page.checked_on == clock.today()
    assert AuditLine.objects.filter(act="confirmed", record_id=str(page.pk)).exists()
    assert str(page.pk) not in [row.record for row in queries.shared_rows() if row.kind == "artikel"]


def test_a_municipal_editor_confirms_own_words_and_no_shared_text(shared_tree):  # noqa: F811
    user = editor_of("enschede")
    fill = filled("enschede", "kinderen-wie-leest", due=clock.today())
    actions.still_true(user=user, kind="plek", record=str(fill.pk))
    assert SlotFill.objects.get(pk=fill.pk).review_due == clock.today() + 365 * DAY
    with pytest.raises(PermissionDenied):
        actions.still_true(user=user, kind="artikel", record=str(article("een-ouderschapsplan-maken").pk))
    with pytest.raises(PermissionDenied):
        actions.still_true(user=editor_of("houten"), kind="plek", record=str(fill.pk))


def test_the_list_of_links_follows_the_texts(shared_tree):  # noqa: F811
    fill = filled("enschede", "kinderen-wie-leest", "Lees verder op https://voorbeeld.nl/kind.")
    actions.collect_links()
    assert Link.objects.filter(url="https://voorbeeld.nl/kind").exists()
    fill.delete()
    actions.collect_links()
    assert not Link.objects.filter(url="https://voorbeeld.nl/kind").exists()


def look_daily(answers: dict[str, str], days: int) -> None:
    for day in range(days):
        with clock.frozen(clock.now() + 8 * day * DAY):
            actions.look_at_links(lambda url: Seen(answers[url]))  # type: ignore[arg-type]


def test_a_link_that_fails_three_looks_stands_on_the_list_with_its_text(shared_tree, still_clock):  # noqa: F811
    filled("enschede", "kinderen-wie-leest", "Op https://weg.test/a en https://hier.test/b.")
    Link.objects.bulk_create(
        [Link(url=url, next_look=clock.now()) for url in ("https://weg.test/a", "https://hier.test/b")]
    )
    answers = {"https://weg.test/a": "gone", "https://hier.test/b": "there"}
    look_daily(answers, 2)
    assert queries.broken_links() == []
    look_daily(answers, 5)
    (broken,) = queries.broken_links()
    assert (broken.url, broken.gone) == ("https://weg.test/a", True)
    assert "Enschede" in broken.stands_in[0][0]


def test_when_nothing_answers_we_are_the_ones_offline(shared_tree, still_clock):  # noqa: F811
    Link.objects.bulk_create([Link(url=url, next_look=clock.now()) for url in ("https://a.test/", "https://b.test/")])
    assert actions.look_at_links(lambda url: Seen("unreachable")) == 0
    assert not Link.objects.filter(failures__gt=0).exists()


def test_one_run_asks_a_host_once(shared_tree, still_clock):  # noqa: F811
    Link.objects.bulk_create([Link(url=f"https://a.test/{n}", next_look=clock.now()) for n in range(5)])
    assert actions.look_at_links(lambda url: Seen("there")) == 1
