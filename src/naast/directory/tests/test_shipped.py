"""What the shipped offers hold: every named method with its evidence, someone for everybody in Twente, plain sentences."""

import re
from collections.abc import Iterable
from functools import lru_cache

import pytest
import yaml

from naast.directory import rules
from naast.directory.rules import COUNTRY, OfferRecord, offer_record
from naast.places.rules import AUDIENCES, PHASES

# method → level of evidence and year of the verdict; None: a verdict with a year was not seen
METHODS: dict[str, tuple[str, int | None]] = {
    "stoere-schildpadden": ("goed-onderbouwd", None),
    "dappere-dinos": ("goed-onderbouwd", 2013),
    "kies": ("effectief", 2020),
    "jes-het-brugproject": ("goed-onderbouwd", 2016),
    "zandkastelen": ("praktijk", None),
    "buddy-villa-pinedo": ("onderzocht", 2021),
    "forum-villa-pinedo": ("praktijk", None),
    "brief-en-spellen-villa-pinedo": ("praktijk", None),
    "oudertraining-villa-pinedo": ("praktijk", None),
    "kindertelefoon": ("praktijk", None),
    "kindbehartiger": ("praktijk", None),
    "dons": ("praktijk", None),
    "bijzondere-curator": ("praktijk", None),
    "scheidingsatlas-groep": ("onderzocht", 2021),
    "scheidingsatlas-online": ("onderzocht", 2021),
    "ouderschap-blijft-light": ("praktijk", None),
    "ouderschap-blijft": ("goed-onderbouwd", 2014),
    "ouderschap-na-scheiding": ("onderzocht", None),
    "kinderen-uit-de-knel": ("onderzocht", None),
    "parallel-ouderschap": ("praktijk", None),
    "opnieuw-verbinden": ("praktijk", None),
    "schip-aanpak": ("praktijk", None),
    "kind-uit-de-strijd": ("praktijk", None),
    "methodiek-complexe-scheidingen": ("praktijk", None),
    "bor-humanitas": ("praktijk", None),
    "begeleide-omgang": ("praktijk", None),
    "ouders-voor-elkaar": ("praktijk", None),
    "jos": ("praktijk", None),
    "uniform-hulpaanbod": ("praktijk", None),
    "gezinsvertegenwoordiger": ("onderzocht", 2022),
    "recht-doen-aan-je-kind": ("onderzocht", None),
    "mediation-met-subsidie": ("onderzocht", None),
    "stiefplan": ("praktijk", None),
    "stiefplancoach": ("praktijk", None),
    "two2tango": ("onbekend", None),
    "houd-me-vast": ("onbekend", None),
    "relatietherapie-gemeente": ("praktijk", None),
    "centering-zwangerschap": ("onderzocht", None),
    "centering-ouderschap": ("goed-onderbouwd", None),
    "samenstarten": ("goed-onderbouwd", 2018),
    "zwanger-bevallen-een-kind": ("onbekend", None),
    "eenoudercafe": ("praktijk", None),
    "informatieavond-scheiden": ("praktijk", None),
    "spreekuur-recht-en-zorg": ("praktijk", None),
    "juridisch-loket": ("praktijk", None),
    "oudertelefoon": ("praktijk", None),
    "pinkcloud": ("onderzocht", 2019),
    "besluit-met-muisjes": ("onbekend", None),
    "voorzorg": ("effectief", 2021),
    "stevig-ouderschap": ("goed-onderbouwd", 2017),
    "home-start": ("effectief", 2019),
    "triple-p": ("goed-onderbouwd", 2013),
}
# desks, sites, lines and instruments of the field that are no method with a verdict
NAMED = (
    "scheidingsplein", "vraag-aan-loes", "scheidingswijzer-loes", "scheidingspunt-twenterand", "pact-scheiden-almelo",
    "inloop-adviespunt-sko", "relatieloket-hendrik-ido-ambacht", "relatiedesk-apeldoorn", "ros-rotterdam",
    "kenniscentrum-haaglanden", "spreekuur-hoorn", "adviespunt-cranendonck", "adviespunt-meierijstad",
    "lang-en-gelukkig-noordenveld", "coach-westerkwartier", "relatietherapie-zutphen", "uit-elkaar-gaan-waalre",
    "startpunt-wijk-bij-duurstede", "scheiden-in-groningen", "gezinswijzer-drechterland",
    "digitaal-loket-oost-achterhoek", "kind-in-scheiding-zeeland", "wegwijzer-nji", "checklist-rijksoverheid",
    "uitelkaar-nl", "our-family-wizard", "twee-houses", "jgz-ouderchat", "hulplijn-kindercoachgilde", "hear-my-voice",
    "ouderchat-travers", "leeg-je-hoofd", "kies-geen-kant-twente", "app-aanpak-complexe-scheidingen",
    "handreiking-scheiden-gemeenten", "white-paper-kinderen", "scheidingsplein-professionals", "richtlijn-scheiding",
    "scres", "masic", "triagelijst-scheidingssoort", "platform-kees", "meldcode", "kindgesprek-rechter", "opvoeden-nl",
)  # fmt: skip
MOST_WORDS = 20
MEAN_WORDS = 15
TWENTE = "twente"


@lru_cache(maxsize=1)
def shipped() -> dict[str, OfferRecord]:
    rows = yaml.safe_load((rules.DATA / "offers.yaml").read_text(encoding="utf-8"))
    return {one.slug: one for one in map(offer_record, rows)}


def sentences(texts: Iterable[str]) -> list[str]:
    return [one for text in texts for one in re.split(r"(?<=[.?!:])\s+", text) if one]


def test_there_are_at_least_165_offers() -> None:
    assert len(shipped()) >= 165


@pytest.mark.parametrize("slug", METHODS)
def test_each_method_has_its_level_and_the_year_of_the_verdict(slug: str) -> None:
    offer = shipped()[slug]
    assert (offer.evidence, offer.evidence_year) == METHODS[slug]
    assert offer.evidence_text, "a level without words says nothing to a parent"


def test_each_desk_site_and_instrument_of_the_field_is_there() -> None:
    assert set(NAMED) <= set(shipped())


def test_a_year_stands_only_beside_a_verdict() -> None:
    without = [one.slug for one in shipped().values() if one.evidence_year and one.evidence in ("onbekend", "praktijk")]
    assert without == []


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("phase", PHASES)
def test_in_twente_there_is_something_besides_helplines_for_everybody(audience: str, phase: str) -> None:
    assert any(
        audience in one.audiences and phase in one.phases and {COUNTRY, TWENTE} & set(one.area) and not one.is_helpline
        for one in shipped().values()
    )


def test_every_special_group_and_every_subject_has_an_offer() -> None:
    groups = {group for one in shipped().values() for group in one.special_groups}
    subjects = {subject for one in shipped().values() for subject in one.subjects}
    assert groups == set(rules.special_group_by_slug())
    assert subjects == set(rules.subject_by_slug())


def test_sentences_are_short() -> None:
    texts = [text for one in shipped().values() for text in (one.summary, one.description, one.evidence_text)]
    lengths = {one: len(one.split()) for one in sentences(texts)}
    assert [one for one, words in lengths.items() if words > MOST_WORDS] == []
    assert sum(lengths.values()) / len(lengths) <= MEAN_WORDS


def test_a_text_never_says_for_itself_that_nobody_looked_at_it() -> None:
    """The page says so by the empty date; in the hours it would stay there when somebody did look."""
    assert [one.slug for one in shipped().values() if "nagekeken" in one.hours] == []


@pytest.mark.parametrize("slug", ["uitelkaar-nl"])
def test_an_online_divorce_does_not_stand_beside_a_step_about_a_house(slug: str) -> None:
    assert "wonen" not in shipped()[slug].subjects
