"""The cookie: small, limited to its guide, unreadable for others, gone in time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory

from naast.core import clock
from naast.flows import loading, paths
from naast.guide import rules, runs
from naast.places import queries as places
from naast.places.standing import At

NOW = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)


@pytest.fixture
def request_at(places):
    """Make a request that stands at a place, with or without a cookie."""

    def make(slug="enschede", language="nl", **cookies):
        request = RequestFactory().get("/")
        request.COOKIES.update(cookies)
        request.at = At(place_of(slug), language)
        request.place = request.at.place
        return request

    return make


def place_of(slug):
    """Return a place of the demonstration."""
    return places.by_slug(slug)


def biggest(flow):
    """Return the biggest run a person can have: the longest answers, every step of the longest plan done."""
    longest = max((path for path in paths.covering(flow) if not path.help), key=lambda path: len(str(path)))
    return rules.Run("f" * 16, dict(longest.answers), tuple(step.id for step in flow.steps), True, 2**31)


@pytest.mark.parametrize("slug", loading.shipped())
def test_the_biggest_run_of_each_guide_fits_in_three_kilobytes(request_at, slug):
    run = biggest(loading.parse(loading.shipped()[slug]))
    assert len(runs.seal(request_at(), slug, run)) <= rules.COOKIE_BYTES


def test_a_run_opens_at_its_own_place_and_guide_only(request_at):
    with clock.frozen(NOW):
        run = rules.Run("v" * 16, {"praten": "goed"}, touched=int(NOW.timestamp()))
        sealed = runs.seal(request_at(), "proef", run)
        assert runs.read(request_at(**{"naast-guide-proef": sealed}), "proef") == run
        assert runs.read(request_at("hengelo", **{"naast-guide-proef": sealed}), "proef") is None
        assert runs.read(request_at(**{"naast-guide-ander": sealed}), "ander") is None


def test_a_run_is_nothing_after_an_hour(request_at):
    sealed = runs.seal(request_at(), "proef", rules.Run("v" * 16, touched=int(NOW.timestamp())))
    with clock.frozen(NOW + timedelta(minutes=61)):
        assert runs.read(request_at(**{"naast-guide-proef": sealed}), "proef") is None


@pytest.mark.parametrize("value", ["", "x", "é", "A" * 50, "A" * 9_000, "AQJrMQ=="])
def test_a_made_up_cookie_is_no_run(request_at, value):
    assert runs.read(request_at(**{"naast-guide-proef": value}), "proef") is None


def test_the_answers_cannot_be_read_in_the_cookie(request_at):
    sealed = runs.seal(request_at(), "proef", rules.Run("v" * 16, {"praten": "geheim-antwoord"}))
    assert "geheim" not in sealed


def test_each_language_has_a_cookie_of_its_own(request_at):
    assert runs.cookie_name(request_at(), "proef") == "naast-guide-proef"
    assert runs.cookie_name(request_at(language="en"), "proef") == "naast-guide-proef-en"
