"""The two public interfaces: the rooms' routers together, and what each description says of all of them."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from naast.api.answers import HSDS, PROBLEM, V1, Surface, problem
from naast.directory.api import router as directory
from naast.directory.hsds.api import router as hsds_router
from naast.directory.open_data.queries import Gone, Moved
from naast.places.api import router as places

LICENCE = {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"}
CONTACT = {"name": "Team Naast", "url": "https://naast.example/over-de-api", "email": "api@naast.example"}
# what everybody may have from a header, in the words of a description
VERSION_HEADER = {"description": "Volledig versienummer van de API", "schema": {"type": "string"}, "required": True}
HEADERS: dict[str, dict[str, Any]] = {
    "ETag": {"description": "Vingerafdruk van het antwoord, voor If-None-Match", "schema": {"type": "string"}},
    "Link": {"description": "Adressen van de pagina's eromheen (RFC 8288)", "schema": {"type": "string"}},
    "Location": {"description": "Waar het verder gaat", "schema": {"type": "string"}, "required": True},
    "Retry-After": {
        "description": "Over hoeveel seconden het weer kan",
        "schema": {"type": "integer"},
        "required": True,
    },
}
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "status", "title", "detail"],
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "detail"],
                "properties": {"name": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "Een ETag van eerder: is er niets veranderd, dan is het antwoord 304",
}


class OpenApi(NinjaAPI):
    """A description completed: one server, problems, 304, and the version header on each answer."""

    surface: Surface
    server: str

    def __init__(self, surface: Surface, server: str, **more: Any) -> None:
        """`surface`: version and sentences; `server`: the path all addresses stand below."""
        self.surface, self.server = surface, server
        super().__init__(version=surface.version, openapi_url="/openapi.json", docs_url=None, **more)
        self.exception_handler(ValidationError)(self._invalid)
        self.exception_handler(ValueError)(self._not_understood)
        self.exception_handler(Http404)(self._missing)
        self.exception_handler(Gone)(self._gone)
        self.exception_handler(Moved)(self._moved)

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """The OpenAPI description with paths relative to its server."""
        schema = super().get_openapi_schema(path_prefix="", path_params=path_params)
        schema["servers"] = [{"url": self.server}]
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
        for path, methods in schema["paths"].items():
            for operation in methods.values():
                for parameter in operation.get("parameters", []):
                    parameter["schema"] = _without_null(parameter["schema"])
                self._complete(operation, by_id="{" in path)
        return schema

    def _complete(self, operation: dict[str, Any], *, by_id: bool) -> None:
        answers = operation["responses"]
        said = {"content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        for status in (400, 404, 410, 429) if by_id else (400, 429):
            answers[status] = {"description": self.surface.titles[status], **said}
        answers[304] = {"description": "Niets veranderd"}
        if by_id:
            answers[308] = {"description": "Samengevoegd met een ander"}
        for status, answer in answers.items():
            names = ["ETag"] if status in (200, 304) else []
            names += ["Link"] if status == 200 and not by_id and "page" in str(operation.get("parameters")) else []
            names += {308: ["Location"], 429: ["Retry-After"]}.get(int(status), [])
            answer["headers"] = {"API-Version": VERSION_HEADER, **{name: HEADERS[name] for name in names}}
        operation.setdefault("parameters", []).append(IF_NONE_MATCH)

    def _invalid(self, request: HttpRequest, error: ValidationError) -> HttpResponse:
        """A question that does not fit: 400 with the name of each key and what is wrong with it."""
        errors = [{"name": _key(one.get("loc", ())), "detail": str(one.get("msg", ""))[:400]} for one in error.errors]
        names = ", ".join(dict.fromkeys(one["name"] for one in errors if one["name"]))
        here = "Kijk naar" if self.surface is V1 else "Look at"
        return problem(400, f"{here}: {names}." if names else "", surface=self.surface, errors=errors)

    def _not_understood(self, request: HttpRequest, error: ValueError) -> HttpResponse:
        """A value of the right form that we do not know: our own sentence says which."""
        name, _, detail = str(error).partition(": ")
        return problem(400, detail, surface=self.surface, errors=[{"name": name, "detail": detail}])

    def _missing(self, request: HttpRequest, error: Http404) -> HttpResponse:
        """Nothing under this id."""
        detail = "Dit bestaat niet of niet meer." if self.surface is V1 else "This does not exist."
        return problem(404, detail, surface=self.surface)

    def _gone(self, request: HttpRequest, error: Gone) -> HttpResponse:
        """It was there and ended."""
        return problem(410, surface=self.surface)

    def _moved(self, request: HttpRequest, error: Moved) -> HttpResponse:
        """It goes on under another id, at the same address but for the last part."""
        response = HttpResponse(status=308)
        response.headers["Location"] = f"{request.path.rpartition('/')[0]}/{error.to}"
        return response


def _without_null(shape: dict[str, Any]) -> dict[str, Any]:
    """The shape of a key of an address: it is there or not, and never null."""
    kinds = [one for one in shape.get("anyOf", []) if one != {"type": "null"}]
    if len(kinds) != 1:
        return shape
    return {**{name: value for name, value in shape.items() if name != "anyOf"}, **kinds[0]}


def _key(where: Sequence[object]) -> str:
    """The query key an error is about: the last name in its path, places in a list left out."""
    names = [str(part) for part in where if isinstance(part, str) and part not in ("query", "path", "vraag", "asked")]
    return names[-1] if names else ""


api = OpenApi(
    V1,
    "/api/v1",
    title="Naast: hulp in de buurt",
    description="Open gegevens over hulp rond scheiding, kind en ouderschap. Zonder sleutel, alleen om te lezen. "
    "Er mogen 300 vragen in een minuut komen van één netwerk; daarna is het antwoord 429 met Retry-After.",
    urls_namespace="api-v1",
    openapi_extra={"info": {"contact": CONTACT, "license": LICENCE}},
)
api.add_router("", directory)
api.add_router("", places)

hsds = OpenApi(
    HSDS,
    "/hsds/v3",
    title="Naast: Open Referral HSDS 3.0",
    description="The same help as /api/v1, in the words of the Human Services Data Specification 3.0. Without a key, for "
    "reading only. 300 requests a minute from one network; after that the answer is 429 with Retry-After.",
    urls_namespace="hsds-v3",
    openapi_extra={"info": {"contact": CONTACT, "license": LICENCE}},
)
hsds.add_router("", hsds_router)
