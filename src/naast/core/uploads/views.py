"""Fetching an upload: by a signed address, for ten minutes, as an attachment that can do nothing."""

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.core.signing import BadSignature, TimestampSigner
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from naast.core.uploads.rules import CONTENT_TYPES, title_of
from naast.core.uploads.storage import MINUTES, SALT


@require_safe
def upload(request: HttpRequest, token: str) -> HttpResponseBase:
    """One file; 404 for a wrong signature, one that ran out, and a file that is gone: nothing tells them apart."""
    try:
        said = TimestampSigner(salt=SALT).unsign_object(token, max_age=MINUTES * 60)
        file = default_storage.open(said["n"])
    except (BadSignature, KeyError, TypeError, OSError, ValueError) as error:
        raise Http404 from error
    suffix = PurePosixPath(said["n"]).suffix
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{title_of(said.get('t') or '') or 'bestand'}{suffix}",
        content_type=CONTENT_TYPES.get(suffix, "application/octet-stream"),
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return response
