"""Looking at the demonstration as somebody: `POST /demo/as/<role>/`. Refuses to load anywhere else."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from naast.demo import lockers, roles, staff
from naast.people.rules import ROLES

if not (settings.NAAST_EMBEDDED and settings.NAAST_DEMO):
    raise ImproperlyConfigured("The demonstration's sign-in exists only with embedded settings and NAAST_DEMO=1.")


# No CSRF token: the bar stands on shared pages, which set no cookie. The origin is checked instead.
@csrf_exempt
@require_POST
def look_as(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the person who plays this role at Enschede, and go to their first page."""
    if is_foreign(request):
        raise PermissionDenied("the demonstration's bar posts from its own pages only")
    page = lockers.open_example(request, role) if role in roles.RESIDENTS else sign_in_as(request, role)
    if page is None:
        raise Http404(f"nothing to see yet as {role}")
    response = HttpResponseRedirect(page)
    response.status_code = 303
    return response


def sign_in_as(request: HttpRequest, role: str) -> str | None:
    """Sign in as staff, both steps done; returns the first page, or None when there is none yet."""
    page, person = roles.page_of(role) if role in ROLES else None, staff.somebody(role)
    if page is None or person is None:
        return None
    logout(request)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person, "mfa", type="demo")
    return page


def is_foreign(request: HttpRequest) -> bool:
    """Tell whether another site sent this: by Origin, and by what the browser says of the site it came from."""
    origin = request.headers.get("Origin")
    own = f"{request.scheme}://{request.get_host()}"
    return (origin is not None and origin != own) or request.headers.get("Sec-Fetch-Site") == "cross-site"
