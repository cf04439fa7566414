"""The API itself: the rooms' routers together, and what the description says of all of them."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from naast.api.answers import PROBLEM, VERSION, problem
from naast.directory.api import router as directory
from naast.places.api import router as places

HEADER = {
    "API-Version": {"description": "Volledig versienummer van de API", "schema": {"type": "string"}, "required": True}
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
                "properties": {"name": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


class OpenApi(NinjaAPI):
    """The description completed: one server, problems, the version header on each answer."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """The OpenAPI description with paths relative to /api/v1."""
        schema = super().get_openapi_schema(path_prefix="", path_params=path_params)
        schema["servers"] = [{"url": "/api/v1"}]
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
        for methods in schema["paths"].values():
            for operation in methods.values():
                by_id = "in': 'path'" in str(operation.get("parameters"))
                for status in (400, 404, 429) if by_id else (400, 429):
                    operation["responses"][status] = {
                        "description": "Een probleem",
                        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                    }
                for answer in operation["responses"].values():
                    answer["headers"] = HEADER
        return schema


api = OpenApi(
    title="Naast: hulp in de buurt",
    version=VERSION,
    description="Open gegevens over hulp rond scheiding, kind en ouderschap. Zonder sleutel, alleen om te lezen.",
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api-v1",
    openapi_extra={
        "info": {
            "contact": {
                "name": "Team Naast",
                "url": "https://naast.example/over-de-api",
                "email": "api@naast.example",
            },
            "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
        }
    },
)
api.add_router("", directory)
api.add_router("", places)


def _key(where: Sequence[object]) -> str:
    """The query key an error is about: the last name in its path, places in a list left out."""
    names = [str(part) for part in where if isinstance(part, str) and part not in ("query", "path", "vraag")]
    return names[-1] if names else ""


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A question that does not fit: 400 with the name of each key and what is wrong with it."""
    errors = [{"name": _key(one.get("loc", ())), "detail": str(one.get("msg", ""))[:200]} for one in error.errors]
    names = ", ".join(dict.fromkeys(one["name"] for one in errors if one["name"]))
    return problem(400, f"Kijk naar: {names}." if names else "De vraag klopt niet.", errors=errors)


@api.exception_handler(ValueError)
def _not_understood(request: HttpRequest, error: ValueError) -> HttpResponse:
    """A value of the right form that we do not know: our own sentence says which."""
    name, _, detail = str(error).partition(": ")
    return problem(400, detail or "De vraag klopt niet.", errors=[{"name": name, "detail": detail}])


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Nothing under this id."""
    return problem(404, "Dit bestaat niet of niet meer.")
