"""A question read in an emergency, by somebody of another desk: read only, with what that means on top."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naast.contact.models import Question
from naast.contact.queries import desk_info, subject_labels
from naast.conversations import queries as conversations
from naast.people.access import actions
from naast.people.policy import needs, signed_in
from naast.people.start import first_page
from naast.places import queries as places


@require_safe
@needs("people.own")  # what they opened themselves; whether they still may is asked by the action
def glass(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    """Show the one question that this person opened in an emergency; each reading is a line, written before it shows."""
    user = signed_in(request)
    row = actions.read_by_glass(by=user, glass_id=glass_id)
    found = Question.objects.select_related("thread").filter(pk=row.record_id).first() if row else None
    if row is None:
        raise Http404
    if found is None:
        messages.info(request, _("This question was erased. There is nothing left to read."))
        return HttpResponseRedirect(reverse("access:glass"))
    place, desk = places.by_id(found.place_id), places.by_id(found.desk_id)
    context = {
        "glass": row,
        "question": found,
        "asked_in": place.name if place else "",
        "lies_at": desk.name if desk else "",
        "phone": desk_info(desk).phone if desk else "",
        "subject_label": subject_labels().get(found.subject, found.subject),
        "turns": conversations.messages(found.thread),
        "desk_name": desk.name if desk else "",
        "desk_href": first_page(user),
        "desk_nav": [
            {"url": reverse("desk:list"), "label": _("Work list"), "current": False},
            {"url": reverse("access:glass"), "label": _("Emergency access"), "current": True},
        ],
    }
    return render(request, "desk/glass.html", context)
