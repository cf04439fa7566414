"""Outgoing mail: promised in the transaction, sent by the worker at least once, without a word of content."""

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from . import crypto, jobs
from .clock import now
from .models import OutboxMail

_NAMESPACE = UUID("5f0c7f4e-5f60-4a57-9d34-2a1f8d1b3c11")


def queue_mail(*, kind: str, to: str, context: Mapping[str, str], message_id: str, language: str = "nl") -> OutboxMail:
    """Write a mail into the outbox, inside the caller's transaction.

    `kind` is `<room>/<name>`: the template `<room>/mail/<name>.txt` (first line = subject). `context` holds page
    addresses and names of places only; a path in `url` gets the house's own host when the mail is written.
    `message_id` is a stable key: the same key twice makes one mail.
    """
    fixed = f"<{uuid5(_NAMESPACE, message_id)}@naast>"
    known = OutboxMail.objects.filter(message_id=fixed).first()
    if known:
        return known
    mail = OutboxMail(kind=kind, context={**context, "language": language}, message_id=fixed)
    mail.to = to
    mail.save()
    jobs.enqueue(send_mail, mail_id=mail.pk)
    return mail


def compose(mail: OutboxMail) -> EmailMessage:
    """Render a mail; the first line of its template is the subject."""
    room, _, name = mail.kind.partition("/")
    context = dict(mail.context)
    if context.get("url", "").startswith("/"):
        context["url"] = settings.WAGTAILADMIN_BASE_URL + context["url"]
    with translation.override(context.get("language", "nl")):
        text = render_to_string(f"{room}/mail/{name}.txt", context)
    subject, _, body = text.strip().partition("\n")
    return EmailMessage(
        subject=subject.strip(),
        body=body.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[str(mail.to)],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )


def withdraw(message_ids: Iterable[str]) -> int:
    """Drop mails that did not leave yet, by the keys they were queued with; returns how many."""
    fixed = [f"<{uuid5(_NAMESPACE, key)}@naast>" for key in message_ids]
    return OutboxMail.objects.filter(message_id__in=fixed, sent_at=None).delete()[0]


@jobs.task()
def send_mail(mail_id: str) -> None:
    """Send one mail of the outbox; a mail that left is not sent again, an address that is done with is dropped."""
    mail = OutboxMail.objects.filter(pk=mail_id).first()
    if mail is None or mail.sent_at is not None:
        return
    try:
        if not str(mail.to):  # sending to nobody would pass for sent
            raise crypto.Unreadable("its address cannot be read")
        compose(mail).send()
    except Exception as error:
        OutboxMail.objects.filter(pk=mail_id).update(attempts=mail.attempts + 1, error_class=type(error).__name__)
        raise
    with transaction.atomic():
        mail.sent_at, mail.to, mail.error_class = now(), "", ""
        mail.save(update_fields=["sent_at", "to", "error_class"])
