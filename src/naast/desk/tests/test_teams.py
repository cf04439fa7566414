"""Teams and who knows what, as a coordinator keeps them, and where new questions go by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from naast.contact import queries as contact
from naast.contact.models import Expertise
from naast.contact.tests.factories import place
from naast.people.models import User
from naast.people.staffing.models import Team
from naast.people.tests.factories import sign_in, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def iris() -> Client:
    return sign_in(Client(), staff("coordinator", place(), display_name="Iris"))


def send(client: Client, address: str, /, *args: Any, **data: Any) -> str:
    return client.post(reverse(address, args=args), data, follow=True).content.decode()


def candidates(subject: str) -> tuple[str, ...]:
    return contact.routing_for(place=place(), audience="ouders", subject=subject).candidates


def test_a_new_question_comes_first_to_the_team_that_knows_its_subject(iris: Client) -> None:
    marije, sander = staff("adviser", place()), staff("adviser", place())
    assert set(candidates("geld")) >= {str(sander.pk), str(marije.pk)}
    found = send(iris, "desk:team-new", "enschede", name="Geld en recht", members=[str(sander.pk)], knows=["geld"])
    assert "Geld en recht" in found
    assert candidates("geld") == (str(sander.pk),)


def test_a_team_is_changed_and_removed(iris: Client) -> None:
    marije = staff("adviser", place())
    send(iris, "desk:team-new", "enschede", name="Jeugd", members=[str(marije.pk)])
    team = Team.objects.get()
    send(iris, "desk:team", "enschede", team.pk, name="Jeugd en gezin")
    team.refresh_from_db()
    assert (team.name, team.members.count()) == ("Jeugd en gezin", 0)
    assert "De mensen houden hun rollen" in send(iris, "desk:team", "enschede", team.pk, do="remove")
    assert not Team.objects.exists()


def test_two_teams_of_one_name_are_refused_and_what_was_chosen_stays(iris: Client) -> None:
    for _time in range(2):
        found = send(iris, "desk:team-new", "enschede", name="Jeugd", knows=["geld"])
    assert "heet al zo" in found
    assert "checked" in found
    assert Team.objects.count() == 1


def test_nobody_from_elsewhere_comes_into_a_team(iris: Client) -> None:
    far = staff("adviser", place("houten"))
    send(iris, "desk:team-new", "enschede", name="Jeugd", members=[str(far.pk)])
    assert not Team.objects.exists()


def test_what_a_colleague_knows_well_is_noted_and_routing_goes_by_it(iris: Client) -> None:
    marije, sander = staff("adviser", place()), staff("adviser", place())
    send(iris, "desk:knows", "enschede", sander.pk, kinds=["legal"])
    assert Expertise.objects.get(user=sander).kinds == ["legal"]
    assert candidates("juridisch")[0] == str(sander.pk)
    assert str(marije.pk) not in candidates("juridisch")


@pytest.mark.parametrize("role", ["adviser", "editor", "privacy-officer"])
def test_only_who_coordinates_or_administers_makes_teams(role: str) -> None:
    client = sign_in(Client(), staff(role, place()))
    assert client.get(reverse("desk:teams", args=["enschede"])).status_code == 403


def test_an_open_question_says_why_one_may_see_it() -> None:
    from naast.contact.tests.factories import asked

    marije: User = staff("adviser", place())
    question = asked()
    page = sign_in(Client(), marije).get(reverse("desk:question", args=[question.pk])).content.decode()
    assert "Waarom mag ik dit zien?" in page
    assert "Je ziet dit als adviseur van Enschede" in page
