"""A place's own steps in the guides: the list, a new one, changing one, own words in a marked step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from naast.flows import queries as flows
from naast.flows import writing
from naast.flows.models import FlowVersion
from naast.flows.queries import Version
from naast.guide import editing, forms, local
from naast.guide.models import LocalStep
from naast.guide.views_editor import to
from naast.people.policy import StaffRequest, needs, signed_in
from naast.people.queries import places_at
from naast.places.rules import PlaceInfo

TOO_LONG = _("This sentence is too long. Make two of it.")
LONGEST = 20


class StepForm(django_forms.ModelForm):
    """A place's own step. Words are checked; nothing typed is lost."""

    class Meta:
        model = LocalStep
        fields = ("title", "why", "how", "with_whom", "costs", "order", "both", "page", "url", "shown")
        help_texts = {
            "title": _("Begin with a verb, at most 90 characters."),
            "why": _("One or two short sentences."),
            "how": _("One sentence a line. Each becomes a point."),
            "with_whom": _("A service or function, no person’s name."),
            "costs": _("What the reader pays. Write ‘Gratis.’ when it is free."),
            "order": _("‘Now’ counts for the five of this week; the guide’s own steps go first."),
            "url": _("With https:// in front. Readers see the name of the site."),
            "shown": _("Off: only you see it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = forms.choices_for({})
        for name, choices in (("order", lists["orders"]), ("page", [("", "–"), *lists["pages"]])):
            old = self.fields[name]
            self.fields[name] = django_forms.ChoiceField(
                label=old.label, help_text=old.help_text, choices=choices, required=False
            )
        url = self.fields["url"]
        self.fields["url"] = django_forms.URLField(
            label=url.label, help_text=url.help_text, required=False, assume_scheme="https", max_length=200
        )
        for name in ("why", "how"):
            self.fields[name].widget.attrs["rows"] = 4
        if self.instance.replaces:
            for name in ("title", "order", "both"):
                del self.fields[name]
            for name in ("why", "how", "with_whom", "costs"):
                self.fields[name].help_text = _("Empty: the guide’s own words stay.")
        else:
            for name in ("title", "why", "with_whom", "costs"):
                self.fields[name].required = True

    def _short(self, name: str) -> str:
        text = str(self.cleaned_data.get(name) or "").strip()
        for sentence in text.replace("\n", ". ").split(". "):
            if len(sentence.split()) > LONGEST:
                raise django_forms.ValidationError(TOO_LONG)
        return text

    def clean_title(self) -> str:
        """Hold the title to one short sentence."""
        return self._short("title")

    def clean_why(self) -> str:
        """Hold the reason to short sentences."""
        return self._short("why")

    def clean_how(self) -> str:
        """Hold each point to one short sentence."""
        return self._short("how")

    def clean_order(self) -> str:
        """Return the moment; none chosen is soon."""
        return self.cleaned_data["order"] or "soon"

    def clean_url(self) -> str:
        """Only safe addresses of the web."""
        url = str(self.cleaned_data.get("url") or "")
        if url and not url.startswith("https://"):
            raise django_forms.ValidationError(_("Begin the address with https://."))
        return url


def _place(request: StaffRequest, slug: str | None) -> tuple[PlaceInfo, list[PlaceInfo]]:
    mine = places_at(request.scopes)
    if not mine:
        raise Http404
    if slug is None:
        return mine[0], mine
    chosen = next((info for info in mine if info.slug == slug), None)
    if chosen is None:
        raise PermissionDenied(local.EDIT)
    return chosen, mine


def _version(guide: str) -> Version:
    version = flows.current(guide)
    if version is None:
        raise Http404
    return version


@needs("guide.local")
def index(request: StaffRequest, place: str | None = None) -> HttpResponse:
    """Show the place's own steps by guide: what no longer fits first, and where words of its own may stand."""
    chosen, mine = _place(request, place)
    guides = []
    for version in local.guides():
        rows = local.rows_of(chosen, version)
        replaced = {row.step.replaces for row in rows}
        free = [step for step in local.replaceable(version) if step.id not in replaced]
        guides.append({"version": version, "flow": version.flow, "rows": rows, "free": free})
    context = {
        "chosen": chosen,
        "mine": mine,
        "guides": guides,
        "wrong": sum(bool(row.problems) for guide in guides for row in guide["rows"]),  # type: ignore[attr-defined]
    }
    return render(request, "guide/admin/local.html", context)


@needs("guide.local")
def new(request: StaffRequest, place: str, guide: str) -> HttpResponse:
    """Add a step of the place's own to a guide."""
    chosen, _mine = _place(request, place)
    version = _version(guide)
    return _step(request, chosen, version, LocalStep(place_id=chosen.id, flow_id=guide, condition="always"), None)


@needs("guide.local")
def words(request: StaffRequest, place: str, guide: str, step: str) -> HttpResponse:
    """Put the place's own words in a marked step."""
    chosen, _mine = _place(request, place)
    version = _version(guide)
    if step not in {item.id for item in local.replaceable(version)}:
        raise Http404
    known = LocalStep.objects.within(request.scopes).filter(place_id=chosen.id, flow_id=guide, replaces=step).first()
    return _step(request, chosen, version, known or LocalStep(place_id=chosen.id, flow_id=guide, replaces=step), known)


@needs("guide.local")
def change(request: StaffRequest, place: str, step_id: UUID) -> HttpResponse:
    """Change or take away a step of the place's own."""
    chosen, _mine = _place(request, place)
    known = LocalStep.objects.within(request.scopes).filter(pk=step_id, place_id=chosen.id).first()
    if known is None:
        raise Http404
    return _step(request, chosen, _version(known.flow_id), known, known)


def _step(
    request: StaffRequest, place: PlaceInfo, version: Version, step: LocalStep, known: LocalStep | None
) -> HttpResponse:
    """Show and take the form of one step."""
    if request.method == "POST" and request.POST.get("do") == "remove" and known is not None:
        local.remove(user=signed_in(request), place=place, step=known)
        messages.success(request, _("Taken away. Plans go on without it."))
        return to("local-of", place.slug)
    questions = writing.listed(writing.read(_text(version)), "questions")
    form = StepForm(request.POST or None, instance=step)
    raw = step.condition or "always"
    if request.method == "POST":
        raw = editing.condition_typed(raw, request.POST, "when-", questions)
        if form.is_valid():
            fields = {**form.cleaned_data, **({} if step.replaces else {"condition": raw})}
            local.save(
                user=signed_in(request),
                place=place,
                slug=version.flow.slug,
                step=known,
                fields=fields,
                replaces=step.replaces,
            )
            messages.success(request, _("Saved. Readers in %(place)s see it at once.") % {"place": place.name})
            return to("local-of", place.slug, anchor=version.flow.slug)
    original = next((item for item in version.flow.steps if item.id == step.replaces), None)
    context = {
        "chosen": place,
        "flow": version.flow,
        "form": form,
        "step": step,
        "known": known,
        "original": original,
        "condition": None if step.replaces else forms.condition_shown(raw, "when-", questions),
        "problems": [problem.message("nl") for problem in local.problems(version.flow, step)] if known else [],
        "guide_href": f"/{place.slug}/wegwijzer/{version.flow.slug}/",
    }
    return render(request, "guide/admin/local_step.html", context, status=422 if form.errors else 200)


def _text(version: Version) -> str:
    return FlowVersion.objects.get(pk=version.digest).yaml
