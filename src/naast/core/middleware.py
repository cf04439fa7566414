"""Headers of every answer: Content-Security-Policy by path, Permissions-Policy, and 'private, no-store' by default."""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from .sharing import MAX_AGE, SHARED_HEADER

UNSAFE_INLINE = "'unsafe-inline'"
# Wagtail's own admin prints inline scripts; tried in docs/decisions/0012. Our own pages never.
ADMIN_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
}
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
        "browsing-topics",
    )
)
PERMISSIONS += ", fullscreen=(self)"  # a film may fill the screen


class PolicyMiddleware(CSPMiddleware):
    """The strict policy for our own pages, the documented one for the editors' admin."""

    def get_policy_parts(self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False) -> Any:
        """Replace parts for Wagtail's preview and admin."""
        parts = super().get_policy_parts(request=request, response=response, report_only=report_only)
        if getattr(request, "is_dummy", False):
            parts.replace = {"frame-ancestors": [SELF]}
        elif request.path.startswith("/beheer/"):
            parts.replace = ADMIN_POLICY
        elif getattr(response, "csp_frame_any", False):
            parts.replace = {"frame-ancestors": ["*"]}
        else:
            parts.replace = {"frame-ancestors": [NONE], **(parts.replace or {})}
        return parts


class HeadersMiddleware:
    """Says of every answer whether it may be kept, and which powers a page has (none)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers."""
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        if getattr(request, "is_dummy", False) or request.path.startswith("/beheer/"):
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        elif not getattr(response, "csp_frame_any", False):
            response.headers["X-Frame-Options"] = "DENY"  # frame-ancestors says it too; older readers know only this
        if SHARED_HEADER in response.headers and not response.cookies:
            response.headers["Cache-Control"] = MAX_AGE
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response
