"""Finding with ten filters: what counts where, what readers never find, and that memory sees a change elsewhere."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from naast.core import clock, generations
from naast.directory.models import Offer, Organisation
from naast.directory.queries import SearchQuery, offers_for, search
from naast.directory.search import finding, index, matching, order, ranking, snapshot
from naast.directory.search.understanding import understand
from naast.places.queries import by_slug

from . import factories

pytestmark = pytest.mark.django_db


def slugs(question: str = "", place: str = "enschede", **filters: object) -> set[str]:
    query = SearchQuery(q=question, place=by_slug(place), page_size=100, **filters)  # type: ignore[arg-type]
    return {one.offer.slug for one in search(query).results}


def counts(facet: str, **filters: object) -> dict[str, int]:
    result = search(SearchQuery(place=by_slug("enschede"), **filters))  # type: ignore[arg-type]
    return {value.code: value.count for value in result.facets[facet]}


TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
# facet, what one offer has of it, what another has, a code that only the first has
APART = [
    ("audience", {"audiences": ["kinderen"]}, {"audiences": ["ouders"]}, "kinderen"),
    ("age", {"age_min": 4, "age_max": 11}, {"age_min": 16, "age_max": 23}, "4-11"),
    ("age", {"age_min": 4, "age_max": 11}, {"age_min": 16, "age_max": 23}, "9"),
    ("phase", {"phases": ["spanning"]}, {"phases": ["na-scheiding"]}, "spanning"),
    ("form", {"form": ["chat"]}, {"form": ["groep"]}, "chat"),
    ("costs", {"costs": {"kind": "betaald"}}, {"costs": {"kind": "gratis"}}, "betaald"),
    ("payer", {"payer": ["verzekering"]}, {"payer": []}, "verzekering"),
    ("payer", {"payer": []}, {"payer": ["rijk"]}, "onbekend"),
    ("language", {"languages": ["nl", "tr"]}, {"languages": ["nl"]}, "tr"),
    ("language", {"languages": []}, {"languages": ["tr"]}, "nl"),
    ("referral", {"referral": "ja"}, {"referral": "nee"}, "ja"),
    ("waiting", {"waiting_weeks": {"min": 1, "max": 3, "on": TODAY}}, {}, "1-4"),
    ("waiting", {}, {"waiting_weeks": {"min": 1, "max": 3, "on": TODAY}}, "onbekend"),
    ("group", {"special_groups": ["autisme"]}, {"special_groups": ["schulden"]}, "autisme"),
]


@pytest.mark.parametrize(
    ("facet", "one", "other", "code"), APART, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_filter_keeps_what_has_its_code_and_counts_it(
    places: None, facet: str, one: dict[str, object], other: dict[str, object], code: str
) -> None:
    with clock.frozen(NOW):
        factories.offer(slug="een", **one)
        factories.offer(slug="ander", **other)
        assert slugs(**{facet: code}) == {"een"}
        assert counts(facet, **{facet: code})[code] == 1


def test_filters_of_different_kinds_must_all_hold(places: None) -> None:
    factories.offer(slug="a", languages=["tr"], special_groups=["autisme"])
    factories.offer(slug="b", languages=["tr"])
    assert slugs(language="tr", group="autisme") == {"a"}
    assert counts("language", group="autisme") == {"tr": 1}


def test_a_waiting_time_is_trusted_for_half_a_year(places: None) -> None:
    with clock.frozen(NOW):
        factories.offer(slug="a", waiting_weeks={"min": 0, "max": 0, "on": TODAY})
        assert slugs(waiting="geen") == {"a"}
    with clock.frozen(NOW + timedelta(days=200)):
        assert slugs(waiting="geen") == set()
        assert slugs(waiting="onbekend") == {"a"}


class TestWhatReadersNeverFind:
    @pytest.mark.parametrize("state", ["verborgen", "gestopt", "samengevoegd"])
    def test_an_offer_that_is_not_open(self, places: None, state: str) -> None:
        offer = factories.offer(slug="weg", subjects=["omgang"])
        Offer.objects.filter(pk=offer.pk).update(state=state)
        generations.bump("directory")
        snapshot.forget()
        assert slugs("gesprek") == slugs() == set()
        assert not counts("audience")
        assert not offers_for(by_slug("enschede"), subjects=["omgang"])

    def test_what_an_organisation_gave_that_ended(self, places: None) -> None:
        factories.offer(slug="weg")
        Organisation.objects.update(ended=True)
        snapshot.forget()
        assert slugs("gesprek") == set()


def test_words_that_no_offer_has_still_tell_who_asks(places: None) -> None:
    factories.offer(slug="kind", audiences=["kinderen"], age_min=8, age_max=12)
    factories.offer(slug="peuter", audiences=["kinderen"], age_min=0, age_max=3)
    assert slugs("alimentatie dochter van 9") == {"kind"}


def test_what_was_recognised_can_be_switched_off(places: None) -> None:
    factories.offer(slug="kind", audiences=["kinderen"], age_min=8, age_max=12)
    query = SearchQuery(q="gesprek dochter van 9", place=by_slug("enschede"), without=frozenset({"age:9"}))
    analysis = search(query).analysis
    assert "age:9" not in {one.key for one in analysis.recognised}
    assert "age:9" in {one.key for one in analysis.left_out}


def test_weighing_only_what_can_be_shown_gives_the_order_of_weighing_all(
    places: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from naast.directory import actions

    actions.load_shipped()
    held, place = snapshot.current(), by_slug("enschede")
    near = finding.near_masks(held, place)
    for question in ("scheiding", "ouders", "gesprek voor mijn dochter van 9", "groep voor kinderen"):
        analysis = understand(held.analyser, question)
        texts = matching.texts(held, analysis, held.everything, asked=True)
        kept = snapshot.bits(texts or (), len(held.ids))
        kept &= near["own"] | near["region"] | near["nation"] | near["neighbour"]
        asked = order.Asked.of(analysis, dict.fromkeys(("audience", "phase", "form"), ()), None)
        monkeypatch.setattr(order, "WORTH_A_LOOK", 0)
        few = order.best(held, kept, texts, near, asked, most=5)
        monkeypatch.setattr(order, "WORTH_A_LOOK", 10**9)
        assert few == order.best(held, kept, texts, near, asked, most=5)
        assert len(few) == 5


def test_distance_lets_the_nearer_of_equals_stand_first(places: None) -> None:
    far, near = factories.offer(slug="ver"), factories.offer(slug="dichtbij")
    query = SearchQuery(place=by_slug("enschede"), kilometres={far.pk: 40.0, near.pk: 1.0})
    found = search(query).results
    assert [(one.offer.slug, one.kilometres) for one in found] == [("dichtbij", 1.0), ("ver", 40.0)]


def test_bits_and_positions_are_each_others_opposite() -> None:
    for some in ([], [0], [7, 8, 9], [0, 49_999]):
        assert snapshot.positions(snapshot.bits(some, 50_000)) == some


def test_factors_fall_with_distance() -> None:
    worth = [ranking.distance_factor(kilometres) for kilometres in (0, 5, 20, 60, 500)]
    assert all(one >= other for one, other in pairwise(worth))


def test_after_the_index_was_made_anew_the_next_offer_is_found_too(places: None) -> None:
    factories.offer(slug="een", name="Tekenclub")
    assert index.rebuild() == 1
    factories.offer(slug="twee", name="Zangclub")
    assert (slugs("tekenclub"), slugs("zangclub")) == ({"een"}, {"twee"})
