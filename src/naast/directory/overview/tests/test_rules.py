"""Crossing by audience and phase, gaps, municipalities side by side, and what may be told of searches without result."""

from hypothesis import given
from hypothesis import strategies as st

from naast.directory.overview import rules
from naast.directory.overview.rules import Row, Told
from naast.directory.rules import COSTS, FORMS, NATION, NEIGHBOUR, OWN, PAYERS, REGION
from naast.places.rules import AUDIENCES, PHASES

MEMBERS = ("almelo", "borne", "enschede")
AREAS = (*MEMBERS, "twente", "nederland", "houten")


def some_of(codes, least=0):
    return st.lists(st.sampled_from(codes), unique=True, min_size=least, max_size=3).map(tuple)


@st.composite
def a_row(draw, number=0):
    areas = draw(some_of(AREAS, least=1))
    return Row(
        slug=f"hulp-{draw(st.uuids())}",
        name=draw(st.text(max_size=12)),
        near=rules.near(areas, "enschede", "twente", []),
        audiences=draw(some_of(AUDIENCES)),
        phases=draw(some_of(PHASES)),
        subjects=draw(some_of(("geld", "wonen", "omgang"))),
        forms=draw(some_of(FORMS)),
        costs=draw(st.sampled_from(COSTS)),
        payers=draw(some_of(PAYERS)),
        areas=areas,
    )


rows = st.lists(a_row(), max_size=12)


@given(rows, some_of(COSTS), some_of(PAYERS))
def test_an_offer_stands_in_exactly_the_cells_it_fits(found, costs, payers):
    kept = rules.chosen(found, costs, payers)
    cells = rules.crossed(kept)
    assert set(cells) == {(audience, phase) for audience in AUDIENCES for phase in PHASES}
    for (audience, phase), inside in cells.items():
        fitting = {row.slug for row in kept if row.fits(audience, phase)}
        assert {row.slug for row in inside} == fitting
        assert len(inside) == len(fitting), "each once"


@given(rows, some_of(COSTS), some_of(PAYERS))
def test_choosing_leaves_what_fits_and_nothing_of_a_neighbour(found, costs, payers):
    kept = rules.chosen(found, costs, payers)
    for row in found:
        stays = row.near != NEIGHBOUR
        stays = stays and (not costs or row.costs in costs) and (not payers or bool(set(payers) & set(row.payers)))
        assert (row in kept) == stays


@given(rows)
def test_nearer_stands_before_farther(found):
    for inside in rules.crossed(rules.chosen(found)).values():
        order = [rules.NEARNESS.index(row.near) for row in inside]
        assert order == sorted(order)


@given(rows, st.sampled_from(AUDIENCES))
def test_the_groups_of_an_audience_hold_what_its_cells_hold(found, audience):
    kept = rules.chosen(found)
    cells, groups = rules.crossed(kept), rules.by_phase(kept, audience)
    everywhere = {row.slug for row in groups[rules.EVERY_PHASE]}
    for phase in PHASES:
        assert {row.slug for row in groups[phase]} | everywhere == {row.slug for row in cells[(audience, phase)]}
        assert not {row.slug for row in groups[phase]} & everywhere


@given(rows)
def test_counts_agree_with_the_cells_and_say_where_the_gaps_are(found):
    kept = rules.chosen(found)
    cells, counts = rules.crossed(kept), rules.counts(kept)
    for cell, count in counts.items():
        assert count.all == len(cells[cell])
        assert (count.gap == "none") == (not cells[cell])
        assert (count.gap == "nation") == (bool(cells[cell]) and {row.near for row in cells[cell]} == {NATION})
    assert set(rules.gaps(counts, "none")).isdisjoint(rules.gaps(counts, "nation"))


def test_nearness_follows_the_area():
    assert rules.near(["enschede", "nederland"], "enschede", "twente", []) == OWN
    assert rules.near(["twente"], "enschede", "twente", []) == REGION
    assert rules.near(["nederland"], "enschede", "twente", []) == NATION
    assert rules.near(["almelo"], "enschede", "twente", []) == NEIGHBOUR
    assert rules.near(["almelo"], "twente", "twente", MEMBERS) == OWN
    assert rules.near(["twente"], "houten", "", []) == NEIGHBOUR


@given(rows, st.sampled_from(rules.KINDS))
def test_a_municipality_counts_what_names_it(found, kind):
    table = rules.side_by_side(found, MEMBERS, kind)
    for member in MEMBERS:
        own = rules.own_of(found, member)
        assert all(number <= len(own) for number in table[member].values())
        if kind == "costs":
            assert sum(table[member].values()) == len(own)


@given(rows)
def test_each_municipality_has_or_lacks_a_subject(found):
    for one in rules.subjects_of(found, MEMBERS, ("geld", "wonen"), "twente"):
        assert sorted((*one.having, *one.lacking)) == sorted(MEMBERS)
        assert 0 <= one.shared <= len(found)


facts = st.lists(
    st.tuples(
        st.fixed_dictionaries(
            {}, optional={"audience": st.sampled_from(AUDIENCES), "phase": st.sampled_from((*PHASES, "several"))}
        ),
        st.integers(min_value=1, max_value=40),
    ),
    max_size=15,
)


@given(facts, st.booleans())
def test_small_numbers_are_never_told_and_others_in_steps_of_five(found, children):
    for line in rules.searches_told(found, children=children):
        assert line.about is None or (line.about >= rules.LEAST_TO_TELL and line.about % rules.STEP == 0)
        if not children:
            assert line.audience not in rules.CHILDREN


def test_all_that_is_too_little_is_one_line():
    told = rules.searches_told([({"audience": "ouders"}, 4), ({"phase": "spanning"}, 3), ({}, 12)], children=False)
    assert told == [Told("", "", 10), Told("", "", None)]


def test_children_count_with_those_who_named_nobody_but_in_a_region_s_year():
    found = [({"audience": "kinderen", "phase": "spanning"}, 6), ({"phase": "spanning"}, 7)]
    assert rules.searches_told(found, children=False) == [Told("", "spanning", 15)]
    assert Told("kinderen", "spanning", 5) in rules.searches_told(found, children=True)


@given(st.text(max_size=30))
def test_no_cell_of_a_sheet_begins_as_a_formula(text):
    cell = rules.safe_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert "\n" not in cell
