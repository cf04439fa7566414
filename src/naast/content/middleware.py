"""Old addresses of pages lead to new ones, in whatever place they are asked; editors stand in their own place."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.contrib.redirects import middleware, models
from wagtail.models import Site

from naast.content import actions, library
from naast.core import audit
from naast.core.sharing import outside
from naast.core.views import bad_request
from naast.people import again
from naast.people.actions import actor_of
from naast.people.policy import scopes_for, signed_in, why
from naast.people.queries import places_at
from naast.places.queries import by_id
from naast.places.standing import At, standing

# wagtail-localize, the list of languages, and reports on the whole site with who did what: for those who keep the
# shared pages.
SHARED_ONLY = ("/beheer/localize/", "/beheer/locales/", "/beheer/reports/")
# How Wagtail is asked for a list as a file (wagtail.admin.views.mixins.SpreadsheetExportMixin).
EXPORTS = ("csv", "xlsx")
REPORT = "content.Report"


class RedirectMiddleware(middleware.RedirectMiddleware):
    """Wagtail's redirects, kept without a place and answered with the place of the request (docs/decisions/0001)."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Look a page that is not there up under its address below the place."""
        if response.status_code != 404 or getattr(request, "place", None) is None:
            return response
        redirect = self._find(request)
        if redirect is None:
            return response
        link = self._link(request, redirect)
        if not link:
            return response
        answer = HttpResponseRedirect(link)
        answer.status_code = 301 if redirect.is_permanent else 302
        return answer

    @staticmethod
    def _find(request: HttpRequest) -> models.Redirect | None:
        path = models.Redirect.normalise_path(request.path_info)
        site = Site.objects.filter(is_default_site=True).first()
        return models.Redirect.get_for_site(site).filter(old_path=path).select_related("redirect_page").first()

    @staticmethod
    def _link(request: Any, redirect: models.Redirect) -> str | None:
        prefix = request.at.prefix
        if redirect.redirect_page_id:
            page = redirect.redirect_page
            if not page.live:
                return None
            held = library.library()
            # In the language asked for: all languages share one list of old addresses.
            if card := held.by_pk.get(page.pk):
                return str(held.translated(card, request.at.language).href)
            parts = page.specific.get_url_parts(request)
            return parts[2] if parts else None
        typed = redirect.redirect_link or ""
        return f"{prefix}{typed}" if typed.startswith("/") and not typed.startswith("//") else typed


class EditorsMiddleware:
    """In the editors' admin: the policy decides who comes in, and editors stand in their own place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 400 where a form arrived in part: Wagtail's streams of blocks count on every field of theirs."""
        if (
            request.path.startswith("/beheer/")
            and request.method == "POST"
            and isinstance(exception, MultiValueDictKeyError)
        ):
            return bad_request(request)
        return None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer an admin request where its editor stands, so that 'view live' and previews show that place."""
        if not request.path.startswith("/beheer/") or not request.user.is_authenticated:
            return self.get_response(request)
        if not actions.let_in(user=request.user):
            raise PermissionDenied("content.edit")
        if request.path.startswith(SHARED_ONLY) and not scopes_for(request.user, "content.shared"):
            raise PermissionDenied("content.shared")
        if request.GET.get("export") in EXPORTS:
            if not again.proved_within(request):
                return HttpResponseRedirect(again.again_path(request.get_full_path()))
            self._log_export(request)
        if request.path == "/beheer/" and not scopes_for(request.user, "content.shared"):
            return HttpResponseRedirect(outside("content_slots"))  # who only fills slots begins there
        mine = places_at(scopes_for(request.user, "content.slots"))
        if not mine:
            return self.get_response(request)
        at = At(mine[0])
        request.at = at  # type: ignore[attr-defined]
        with standing(at):
            return self.get_response(request)

    @staticmethod
    def _log_export(request: HttpRequest) -> None:
        """Write down at the editor's own places, before anything is given, that a list was taken as a file."""
        user = signed_in(request)
        for action in ("content.shared", "content.slots"):
            own = {held.scope: held.role for scope in scopes_for(user, action) if (held := why(user, action, scope))}
            for scope, role in own.items():
                place = by_id(scope.id)
                if place is not None:
                    audit.record(
                        actor=actor_of(user), act="export", kind=REPORT, record_id="", place=place.slug, role=role
                    )
            if own:
                return
