"""The editors' page of one offer's waiting time: five buttons, and how it was."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from naast.directory.editing.queries import editable
from naast.directory.keeping.actions import editor_says_waiting
from naast.directory.waiting import shown
from naast.directory.waiting.rules import weeks_of
from naast.people.policy import StaffRequest, needs, signed_in


@needs("directory.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """Say how long people wait today, in one click; readers see it at once."""
    scopes = request.scopes
    offer = editable(scopes).select_related("organisation").filter(pk=offer_id).first()
    if offer is None:
        raise Http404
    if request.method == "POST":
        weeks = weeks_of(request.POST.get("waiting", ""))
        if weeks is None:
            messages.error(request, _("Choose one of the five."))
        else:
            try:
                editor_says_waiting(user=signed_in(request), offer_id=offer_id, weeks=weeks)
            except (LookupError, PermissionDenied) as error:
                raise Http404 from error
            messages.success(request, _("Noted. Readers see it with the date of today."))
        response = HttpResponseRedirect(request.path)
        response.status_code = 303
        return response
    context = {
        "offer": offer,
        "words": shown.words(offer),
        "choices": shown.choices(offer),
        "history": shown.history(offer),
    }
    return render(request, "directory/waiting/editor.html", context)
