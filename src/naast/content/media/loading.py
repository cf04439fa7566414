"""Loads the films and lists that Naast ships. What an editor changed stays."""

import uuid
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import ContentFile

from naast.content.media.models import Checklist, Film, FilmSubtitles
from naast.content.media.rules import Script, read_script
from naast.content.rules import ContentError
from naast.places.rules import AUDIENCES, PHASES

DATA = Path(__file__).resolve().parent.parent / "data"
# Fixed, so that loading twice compares equal.
_NAMESPACE = uuid.UUID("0b0f1f5e-59d4-4c1c-8a43-6a3f9d2c7e11")


@cache
def scripts() -> tuple[Script, ...]:
    """Return the scripts of the shipped films. Raises ContentError on a bad one."""
    paths = sorted((DATA / "films").glob("*.yaml"))
    return tuple(read_script(path.name, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in paths)


@cache
def checklists() -> tuple[dict[str, Any], ...]:
    """Return the shipped lists, in the order of their file names. Raises ContentError on a bad one."""
    paths = sorted((DATA / "checklists").glob("*.yaml"))
    return tuple(_checked(path.name, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in paths)


def _checked(name: str, data: dict[str, Any]) -> dict[str, Any]:
    for needed in ("key", "title", "summary", "audiences", "groups", "owner", "sources"):
        if not data.get(needed):
            raise ContentError(f"{name}: {needed} is missing")
    for codes, known in ((data["audiences"], AUDIENCES), (data.get("phases") or (), PHASES)):
        if unknown := set(codes) - set(known):
            raise ContentError(f"{name}: unknown code {sorted(unknown)}")
    return data


def load() -> None:
    """Load what is missing. Idempotent; a film whose shipped file changed is renewed unless an editor replaced it."""
    for script in scripts():
        _load_film(script)
    for number, data in enumerate(checklists()):
        Checklist.objects.get_or_create(
            key=data["key"],
            defaults={
                "title": data["title"],
                "summary": data["summary"],
                "groups": [_group(data["key"], place, group) for place, group in enumerate(data["groups"])],
                "audiences": data["audiences"],
                "phases": data.get("phases") or [],
                "pages": ",".join(data.get("pages") or ()),
                "owner_name": data["owner"],
                "checked_on": data.get("checked"),
                "review_due": data.get("review_due"),
                "sources": "\n".join(data["sources"]),
                "order": number,
                "live": True,
            },
        )


def _group(key: str, place: int, group: dict[str, Any]) -> dict[str, Any]:
    def mark(*parts: object) -> str:
        return str(uuid.uuid5(_NAMESPACE, ":".join(map(str, (key, place, *parts)))))

    items = [
        {"type": "item", "value": {"text": item["text"], "why": item.get("why") or ""}, "id": mark(number)}
        for number, item in enumerate(group["items"])
    ]
    return {"type": "group", "value": {"title": group["title"], "items": items}, "id": mark()}


def _load_film(script: Script) -> None:
    path = DATA / "films" / f"{script.key}.mp4"
    stat = path.stat()
    shipped = f"{stat.st_size}"
    known = Film.objects.filter(key=script.key).first()
    if known is not None:
        if not known.shipped or known.shipped == shipped:
            return
        known.video = ContentFile(path.read_bytes(), "film.mp4")
        known.shipped = shipped
        known.save()
        return
    film = Film(
        key=script.key,
        title=script.title,
        summary=script.summary,
        video=ContentFile(path.read_bytes(), "film.mp4"),
        poster=ContentFile(path.with_suffix(".webp").read_bytes(), "beeld.webp"),
        seconds=script.seconds,
        has_sound=False,
        transcript=script.transcript,
        audiences=list(script.audiences),
        phases=list(script.phases),
        owner_name=script.owner,
        checked_on=script.checked,
        review_due=script.review_due,
        sources="\n".join(script.sources),
        live=True,
        shipped=shipped,
    )
    film.subtitles.set([FilmSubtitles(language=language, vtt=vtt) for language, vtt in script.subtitles.items()])
    film.save()
