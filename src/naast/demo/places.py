"""The demonstration's places: region Twente with 14 municipalities, Drechtsteden with three, Houten, Zwolle, Heerenveen.

Desks are invented; they say so. Telephone numbers are of the kind that is kept free for fiction.
"""

import os
from pathlib import Path
from typing import Any

from naast.places import actions, map_loading
from naast.places.postcodes import read_csv

TWENTE = (
    "almelo", "borne", "dinkelland", "enschede", "haaksbergen", "hellendoorn", "hengelo", "hof-van-twente", "losser",
    "oldenzaal", "rijssen-holten", "tubbergen", "twenterand", "wierden",
)  # fmt: skip
DRECHTSTEDEN = ("dordrecht", "zwijndrecht", "papendrecht")
ALONE = ("houten", "zwolle", "heerenveen")

OFFICE = [{"weekday": day, "opens": "09:00", "closes": "17:00"} for day in range(1, 6)]
WALK_IN = {"walk_in": True}


def _desk(name: str, about: str, street: str, town: str, walk_in: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "about": about,
        "street": street,
        "town": town,
        "is_example": True,
        "answer_days": 2,
        "hours": [*OFFICE, *({**stretch, **WALK_IN} for stretch in walk_in)],
        **more,
    }


DESKS: dict[str, dict[str, Any]] = {
    "twente": _desk(
        "Loket Ouders en Scheiden Twente",
        "Twee adviseurs en een jurist denken met je mee. Zij vangen ook vragen op als jouw gemeente even niemand heeft.",
        "Voorbeeldplein 1", "Enschede", [], phone="053 000 00 01", answers_for_region=True,
    ),
    "enschede": _desk(
        "Scheidingsloket Enschede",
        "Marije en Sander zitten voor je klaar. Je hebt geen afspraak nodig, en er is een speelhoek.",
        "Voorbeeldstraat 20", "Enschede",
        [{"weekday": 2, "opens": "09:00", "closes": "12:00"}, {"weekday": 4, "opens": "13:00", "closes": "16:00"}],
        phone="053 000 00 02",
    ),
    "hengelo": _desk(
        "Adviespunt Hengelo", "Een adviseur en een jeugdwerker luisteren en wijzen je de weg.",
        "Voorbeeldlaan 3", "Hengelo", [{"weekday": 3, "opens": "09:30", "closes": "11:30"}], phone="074 000 00 03",
    ),
    "almelo": _desk(
        "Loket Samen Ouder Almelo", "Een adviseur denkt mee over geld, wonen en de kinderen.",
        "Voorbeeldkade 4", "Almelo", [{"weekday": 1, "opens": "13:00", "closes": "15:00"}], phone="0546 00 00 04",
    ),
    "drechtsteden": _desk(
        "Adviespunt Scheiden, Kind en Ouderschap",
        "Een team met een gedragswetenschapper, een maatschappelijk werker en een jurist.",
        "Voorbeeldhaven 5", "Dordrecht", [{"weekday": 2, "opens": "09:00", "closes": "12:00"}],
        phone="078 000 00 05", answers_for_region=True,
    ),
    "houten": _desk(
        "Scheidingsloket Houten", "Een adviseur van het sociaal team en een vrijwilliger die het zelf meemaakte.",
        "Voorbeeldhof 6", "Houten", [{"weekday": 4, "opens": "09:00", "closes": "11:00"}], phone="030 000 00 06",
    ),
    "zwolle": _desk(
        "Loket Met elkaar, uit elkaar", "Het wijkteam en een jeugdverpleegkundige beantwoorden je vraag.",
        "Voorbeeldgracht 7", "Zwolle", [{"weekday": 5, "opens": "09:00", "closes": "12:00"}], phone="038 000 00 07",
    ),
    "heerenveen": _desk(
        "Loket Kind in scheiding", "Een gezinswerker van de gemeente denkt met je mee.",
        "Voorbeeldweg 8", "Heerenveen", [{"weekday": 3, "opens": "13:00", "closes": "15:00"}], phone="0513 00 00 08",
    ),
}  # fmt: skip

THEMES = {"houten": "veldrijk", "zwolle": "duinmond"}
TOWN_HALLS = {
    "enschede": "https://www.enschede.nl/",
    "zwolle": "https://www.zwolle.nl/",
    "houten": "https://www.houten.nl/",
}


def shared_data() -> Path:
    """Return where the open data sets lie, if anywhere: `NAAST_SHARED`, else beside the project."""
    return Path(os.environ.get("NAAST_SHARED", "../shared")) / "data"


def load_demo_places(*, publish: bool = True, country: bool = False) -> None:
    """Make the demonstration's places through the room's own actions. `country`: all postcodes where the file lies."""
    actions.load_facts()
    actions.make_region(slug="twente", name="Twente", members=TWENTE)
    actions.make_region(slug="drechtsteden", name="Drechtsteden", members=DRECHTSTEDEN)
    taking_part = ("twente", *TWENTE, "drechtsteden", *DRECHTSTEDEN, *ALONE)
    for slug in taking_part:
        actions.take_part(
            slug=slug, theme=THEMES.get(slug, "naast"), town_hall_url=TOWN_HALLS.get(slug, ""), desk=DESKS.get(slug)
        )
    actions.load_postcodes(actions.own_postcodes())
    country_file = shared_data() / "pc4_gemeente.csv"
    if country and country_file.is_file():
        actions.load_postcodes(read_csv(country_file))
    load_map()
    if publish:
        publish_all(taking_part)


def load_map() -> None:
    """Load the centres of postcodes that come with Naast, and boundaries where the file lies; else say that there is no map."""
    map_loading.load_own_centres()
    boundaries = shared_data() / "gemeenten_2023_svg_paths.json"
    if boundaries.is_file():
        map_loading.load_boundaries(boundaries, source="Gemeentegrenzen 2023, vereenvoudigd")
    else:
        print(
            "Er is geen kaart: de gemeentegrenzen staan niet naast het project. De lijst en de afstanden werken wel.\n"
            "Zo laad je ze zelf: docs/places.md, naast places load-map.",
            flush=True,
        )


def publish_all(slugs: tuple[str, ...] = ("twente", *TWENTE, "drechtsteden", *DRECHTSTEDEN, *ALONE)) -> None:
    """Make the places public; each must have all that the rooms ask for."""
    actions.publish_together(slugs=slugs)


OWN_HOST = "zwolle.localhost"  # browsers lead every name under localhost to this very machine


def give_own_host() -> None:
    """Let one place answer on a name of its own."""
    actions.answer_on(slug="zwolle", host=OWN_HOST)
