"""Draft, review, publish, schedule; and every process learns of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Workflow

from naast.content import actions, tasks
from naast.content.models import FaqEntry, Slot
from naast.content.tests.factories import article, regional_editor_of, texts
from naast.core import generations
from naast.core.mail import compose
from naast.core.models import OutboxMail
from naast.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "/enschede/omgeving/kies-geen-kant/"


def shown(client) -> str:
    return client.get(ADDRESS).content.decode()


def test_a_draft_is_seen_by_nobody(client, shared_tree):
    texts(article("kies-geen-kant"), "Nieuwe woorden.").save_revision()
    assert "Nieuwe woorden." not in shown(client)


def test_publishing_shows_it_at_once(client, shared_tree):
    before = generations.seen()[0]
    texts(article("kies-geen-kant"), "Nieuwe woorden.").save_revision().publish()
    assert generations.seen()[0] > before
    assert "Nieuwe woorden." in shown(client)


def test_a_colleague_looks_before_it_is_published(client, shared_tree):
    writer, colleague = regional_editor_of("twente"), regional_editor_of("drechtsteden")
    for person in (writer, colleague):
        actions.let_in(user=person)
    page = texts(article("kies-geen-kant"), "Nieuwe woorden.")
    page.save_revision(user=writer)
    workflow = page.get_workflow()
    assert workflow == Workflow.objects.get(name=actions.WORKFLOW)
    state = workflow.start(page, writer)
    assert "Nieuwe woorden." not in shown(client)
    assert told() == [("content/to_review", colleague.email)]
    state.current_task_state.task.on_action(state.current_task_state, colleague, "approve")
    assert "Nieuwe woorden." in shown(client)
    assert ("content/reviewed", writer.email) in told()


def told() -> list[tuple[str, str]]:
    return [(mail.kind, str(mail.to)) for mail in OutboxMail.objects.order_by("created_at")]


def test_notices_of_a_review_leave_through_the_outbox_and_hold_no_words_of_the_text(shared_tree, mailoutbox):
    writer, colleague = regional_editor_of("twente"), regional_editor_of("drechtsteden")
    for person in (writer, colleague):
        actions.let_in(user=person)
    page = texts(article("kies-geen-kant"), "Nieuwe woorden.")
    page.save_revision(user=writer)
    page.get_workflow().start(page, writer)
    assert mailoutbox == []  # Wagtail itself mails nobody
    message = compose(OutboxMail.objects.get())
    assert message.subject == "Er wacht een tekst om na te kijken"
    assert f"/beheer/pages/{page.pk}/edit/" in message.body
    assert "Kies geen kant" not in message.subject + message.body
    assert "Nieuwe woorden" not in message.body


def test_what_is_scheduled_goes_live_on_its_day_and_not_before(client, shared_tree, monkeypatch):
    page = article("kies-geen-kant")
    page.unpublish()
    page.refresh_from_db()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    tasks.publish_due()
    assert client.get(ADDRESS).status_code == 404
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    tasks.publish_due()
    assert client.get(ADDRESS).status_code == 200


def test_what_expires_is_taken_down(client, shared_tree):
    page = article("kies-geen-kant")
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    tasks.publish_due()
    assert client.get(ADDRESS).status_code == 404


def test_a_question_and_the_national_words_of_a_slot_show_at_once(client, shared_tree):
    FaqEntry.objects.filter(key="naam-nodig").first().delete()
    assert "Moet ik mijn naam zeggen?" not in client.get("/enschede/vragen/").content.decode()
    slot = Slot.objects.get(key="wonen")
    slot.fallback = "Andere landelijke woorden."
    slot.save()
    page = client.get("/enschede/ouders/geld-en-wonen-in-de-eerste-week/").content.decode()
    assert "Andere landelijke woorden." in page


def test_an_editor_sees_a_preview_in_the_own_place(client, shared_tree):
    sign_in(client, regional_editor_of("twente"))
    page = article("kies-geen-kant")
    texts(page, "Nog een concept.").save_revision()
    answer = client.get(f"/beheer/pages/{page.pk}/view_draft/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Nog een concept." in text
    assert 'href="/twente/omgeving/' in text
