"""That the matrix can fail: each way to forget a limit, in an address of its own, is caught and named.

A view without a guard, a query without a limit, a file of somebody else's record, a form that writes to one, an
operation of an API that shows one, and an address that nobody gave a sample.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.test import override_settings
from django.urls import get_resolver, include, path

from naast.contact.models import Question
from naast.contact.tests.factories import asked
from naast.core import paper
from naast.people.models import Grant, User
from naast.people.policy import needs
from naast.people.tests.factories import GrantFactory, UserFactory
from tests.factories import Sample
from tests.gates.matrix import report
from tests.gates.matrix.addresses import Address, Operation, unguarded, walk, without_sample
from tests.gates.matrix.asking import text_in
from tests.gates.matrix.cast import CAST, OWN, place
from tests.gates.matrix.judging import judge
from tests.gates.matrix.world import WORLD
from tests.gates.test_matrix_open import judge_open, judge_operation, neighbours

pytestmark = pytest.mark.django_db
EMAIL = "alleen.hier@enschede.example"
SECRET = "Het geheim van Enschede staat hier."


def forgetful_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alles")


@needs("desk.read")
def forgetful_rows(request: HttpRequest, person_id: str | None = None) -> HttpResponse:
    """Ask the right, then show everybody's rows: what a query without `.within()` does."""
    return HttpResponse(" ".join(User.objects.values_list("email", flat=True)))


@needs("desk.read")
def careful_rows(request: HttpRequest) -> HttpResponse:
    ids = Grant.objects.filter(scope_id__in=[scope.id for scope in request.scopes]).values("user_id")
    return HttpResponse(" ".join(User.objects.filter(pk__in=ids).values_list("email", flat=True)))


def packed(text: str) -> io.BytesIO:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as file:
        file.writestr("vraag.txt", text)
    body.seek(0)
    return body


@needs("desk.read")
def forgetful_file(request: HttpRequest) -> FileResponse:
    """Ask the right, then stream a file of a record that may be anybody's."""
    return FileResponse(packed(SECRET), as_attachment=True, filename="vragen.zip")


@needs("desk.read")
def forgetful_form(request: HttpRequest) -> HttpResponse:
    """Ask the right, then change the record whose number the form brings."""
    if request.method == "POST":
        Question.objects.filter(pk=request.POST["question"]).update(reason="chosen")
    return HttpResponse("klaar")


@needs("desk.read")
def late_form(request: HttpRequest, question_id: Any) -> HttpResponse:
    """Write first and look whether it was allowed afterwards."""
    found = Question.objects.filter(pk=question_id)
    found.update(reason="chosen")
    if not found.filter(desk_id__in=[scope.id for scope in request.scopes]).exists():
        raise Http404
    return HttpResponse("klaar")


def open_file(request: HttpRequest) -> FileResponse:
    return FileResponse(packed(" ".join(str(question.pk) for question in Question.objects.all())))


def forgetful_operation(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"numbers": list(Question.objects.values_list("number", flat=True))})


def operation_for_staff(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"more": request.user.is_authenticated})


class Forgetful:
    """A URL table with the views above."""

    urlpatterns = [
        path("loket/vergeten/", forgetful_view, name="forgetful"),
        path("loket/alles/", forgetful_rows, name="list"),
        path("loket/alles/<slug:person_id>/", forgetful_rows, name="record"),
        path("loket/eigen/", careful_rows, name="careful"),
        path("loket/bestand.zip", forgetful_file, name="file"),
        path("loket/wijzig/", forgetful_form, name="form"),
        path("loket/wijzig/<uuid:question_id>/", late_form, name="late"),
        path("vragen.zip", open_file, name="open-file"),
        path("api/v1/vragen", forgetful_operation, name="operation"),
        path("api/v1/meer", operation_for_staff, name="more"),
        path("", include("naast.urls")),
    ]


def forgetful() -> dict[str, Address]:
    return {one.name: one for one in walk(get_resolver(Forgetful), False)}


def verdict(name: str, found: Sample) -> list[str]:
    people = CAST.enter()
    resident = UserFactory(email=EMAIL)
    GrantFactory(user=resident, role="coordinator", scope_id=place(OWN).id)
    with override_settings(ROOT_URLCONF=Forgetful):
        return list(judge(forgetful()[name], place(OWN), found, people).wrong)


def test_a_view_without_a_guard_is_named() -> None:
    assert "loket/vergeten/" in unguarded(list(forgetful().values()))


def test_an_address_without_a_sample_is_named() -> None:
    assert "loket/alles/<slug:person_id>/" in without_sample(list(forgetful().values()))


def test_a_list_without_limits_is_caught(places: None) -> None:
    wrong = verdict("list", Sample(marks=(EMAIL,)))
    assert f"loket/alles/: adviser of houten reads ‘{EMAIL}’" in wrong
    assert f"loket/alles/: adviser of hengelo reads ‘{EMAIL}’" in wrong


def test_a_record_without_limits_is_caught(places: None) -> None:
    wrong = verdict("record", Sample({"person_id": "iemand"}))
    assert "loket/alles/<slug:person_id>/: adviser of houten may not, but gets (200, 200)" in wrong


def test_a_file_of_a_foreign_record_is_caught_inside_its_archive(places: None) -> None:
    wrong = verdict("file", Sample(marks=(SECRET,)))
    assert f"loket/bestand.zip: adviser of houten reads ‘{SECRET}’" in wrong


def test_a_form_that_writes_to_a_foreign_record_is_caught(places: None) -> None:
    CAST.enter()
    question = asked(at=OWN)
    with override_settings(ROOT_URLCONF=Forgetful):
        found = Sample(marks=(str(question.pk),), data={"question": str(question.pk)})
        wrong = judge(forgetful()["form"], place(OWN), found, CAST.people).wrong
    assert "loket/wijzig/: adviser of houten writes to a foreign record in contact_question" in wrong


def test_a_refusal_that_wrote_is_caught(places: None) -> None:
    CAST.enter()
    question = asked(at=OWN)
    with override_settings(ROOT_URLCONF=Forgetful):
        wrong = judge(forgetful()["late"], place(OWN), Sample({"question_id": question.pk}), CAST.people).wrong
    assert "loket/wijzig/<uuid:question_id>/: adviser of houten may not, but writes to ['contact_question']" in wrong


def test_a_sample_that_nobody_can_see_is_caught(places: None) -> None:
    assert any("proves nothing" in line for line in verdict("careful", Sample(marks=("staat nergens",))))


def test_a_careful_list_passes(places: None) -> None:
    assert verdict("careful", Sample(marks=(EMAIL,))) == []


def test_an_open_file_with_a_record_is_caught(places: None) -> None:
    people, world = neighbours(CAST.enter()), WORLD.put()
    with override_settings(ROOT_URLCONF=Forgetful):
        _, wrong = judge_open(forgetful()["open-file"], Sample(), people, world)
    assert any(line.startswith("vragen.zip: a stranger reads") for line in wrong)
    assert any(line.startswith("vragen.zip: another's locker reads") for line in wrong)


def test_an_operation_that_shows_a_record_is_caught(places: None) -> None:
    people, world = neighbours(CAST.enter()), WORLD.put()
    with override_settings(ROOT_URLCONF=Forgetful):
        _, wrong = judge_operation(Operation("/api/v1", "/vragen", "get", ()), people, world)
    assert any(line.startswith("GET /api/v1/vragen: a stranger reads") for line in wrong)


def test_an_operation_that_gives_staff_more_is_caught(places: None) -> None:
    people, world = neighbours(CAST.enter()), WORLD.put()
    with override_settings(ROOT_URLCONF=Forgetful):
        _, wrong = judge_operation(Operation("/api/v1", "/meer", "get", ()), people, world)
    assert "GET /api/v1/meer: adviser gets something else than a stranger" in wrong


def test_words_in_a_pdf_are_read(tmp_path: Any) -> None:
    template = tmp_path / "paper.typ"
    template.write_text(
        '#set document(title: "Proef")\n#set text(lang: "nl")\n#json(bytes(sys.inputs.data)).words\n', encoding="utf-8"
    )
    body = paper.tagged_pdf(template, {"words": SECRET})
    assert SECRET in text_in(body)
    assert SECRET in text_in(packed(SECRET).getvalue())


# ---------- the report ----------


ROWS = [
    ["loket/", "desk.read", "adviser", "own", "at enschede", "served", "served", "200", ""],
    ["loket/", "desk.read", "adviser", "foreign", "at enschede", "refused", "hidden", "404", "404"],
    ["loket/", "desk.read", "<b>editor</b>", "own", "at enschede", "refused", "served", "200", ""],
]


def test_the_report_says_what_is_not_as_the_policy_says_first(tmp_path: Any) -> None:
    report.write(ROWS, tmp_path)
    said = (tmp_path / "matrix.html").read_text(encoding="utf-8")
    assert "Anders dan het beleid: 1" in said
    assert "&lt;b&gt;editor" in said
    assert (tmp_path / "matrix.csv").read_text(encoding="utf-8").count("\n") == 4


def test_a_run_of_a_few_addresses_leaves_the_report_alone(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Config:
        stash = {report.PARTS: tmp_path / "parts"}

    (tmp_path / "parts").mkdir()
    monkeypatch.setattr(report, "_folder", tmp_path / "parts")
    monkeypatch.setattr(report, "write", lambda rows: pytest.fail("written"))
    monkeypatch.setenv("NAAST_MATRIX_PARTS", "")
    report.keep(ROWS)
    assert report.Together.end(Config, ["loket/", "loket/account/"]) is False
