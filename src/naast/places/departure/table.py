"""What becomes of each kind of record when its place leaves, as data: one row a model, in the order of removing.

A test holds this table to the models: each that points at a place, or is sealed under its key, stands here. Names only:
this room imports none of the rooms above it.
"""

from dataclasses import dataclass, field
from enum import Enum


class Fate(Enum):
    """What happens to the rows at the leaving."""

    GOES = "goes"
    STAYS = "stays"  # public facts, numbers without persons, and what the law keeps
    CHANGED = "changed"  # stays, without what was the place's


@dataclass(frozen=True)
class Part:
    """One model: how its rows lead to a place, what they are called, in which file of the archive they go along.

    `by` says what the way leads to: the place's id, or its slug. `file` is empty where only the number is told; `why`
    says then why. `also` adds columns by look-up, `without` leaves columns out. `put` are the columns that are changed.
    `hidden` are kinds of records whose lines in a log stay here.
    """

    model: str
    way: str
    name: str
    file: str = ""
    fate: Fate = Fate.GOES
    by: str = "id"
    why: str = ""
    also: dict[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    put: dict[str, object] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()


SETTINGS, PEOPLE, OFFERS, FIGURES, DESK, TOGETHER, LOG = (
    "instellingen", "mensen", "aanbod", "cijfers", "loket", "meedoen", "inzage",
)  # fmt: skip
OF_RESIDENTS = "van de bewoner zelf"
PUBLIC = "openbaar gegeven"

PARTS: tuple[Part, ...] = (
    # The desk: what people asked this municipality, and what it answered. A thread takes what hangs on it along.
    Part("conversations.Thread", "place_id", "Gesprekken", DESK, without=("locker", "seen")),
    Part("contact.Draft", "question__place_id", "Antwoorden in wording", DESK),
    Part("contact.Step", "question__place_id", "Stappen van vragen", DESK, also={"door": "actor__display_name"}),
    Part("contact.Question", "place_id", "Vragen", DESK, without=("asked_with",)),
    Part("conversations.Turning", "thread__place_id", "Standen van gesprekken", DESK),
    Part("conversations.Message", "thread__place_id", "Berichten", DESK, also={"door": "author__display_name"}),
    # What residents keep for themselves: never the municipality's to take along.
    Part("guide.KeptPlan", "locker__place_id", "Plannen in kluisjes", why=OF_RESIDENTS),
    Part("guide.SharedPlan", "place_id", "Gedeelde plannen", why=OF_RESIDENTS),
    Part(
        "lockers.Locker", "place_id", "Kluisjes", fate=Fate.CHANGED, why=OF_RESIDENTS,
        put={"email": b"", "email_index": ""},
    ),
    # Taking part.
    Part("together.SignUp", "evening__place_id", "Aanmeldingen voor avonden", TOGETHER, without=("digest",)),
    Part("together.Evening", "place_id", "Avonden", TOGETHER),
    Part("together.PollOption", "poll__place_id", "Antwoorden bij peilingen", TOGETHER),
    Part("together.Poll", "place_id", "Peilingen", TOGETHER),
    # Help: it stays where people live, and the regional editors keep it from now on.
    Part("directory.ProfessionalContact", "offer__keeper_id", "Contact voor professionals", OFFERS),
    Part("directory.Change", "offer__keeper_id", "Voorstellen en wijzigingen", OFFERS),
    Part("directory.Offer", "keeper_id", "Aanbod", OFFERS, fate=Fate.CHANGED, put={"keeper": None}),
    Part("directory.OfferArea", "place_id", "Aanbod dat hier geldt", fate=Fate.STAYS, why=PUBLIC),
    Part("directory.Location", "place_id", "Adressen van organisaties", fate=Fate.STAYS, why=PUBLIC),
    Part("directory.PlaceRule", "place_id", "Regel voor wijzigingen", SETTINGS),
    Part("directory.KeepingChoice", "place_id", "Keuzes voor nakijken", SETTINGS),
    # The municipality itself.
    Part("guide.LocalStep", "place_id", "Eigen stappen in wegwijzers", SETTINGS),
    Part("content.SlotFill", "place_id", "Eigen teksten", SETTINGS),
    Part("upkeep.Statement", "place_id", "Verklaringen", SETTINGS),
    Part("upkeep.Account", "place_id", "Register van verwerkingen en DPIA", SETTINGS),
    Part("places.OpeningHours", "desk__place_id", "Openingstijden", SETTINGS),
    Part("places.Desk", "place_id", "Loket", SETTINGS),
    Part("places.HouseStyle", "place_id", "Huisstijlen", SETTINGS),
    Part("places.Logo", "place_id", "Logo's", SETTINGS),
    Part("places.OwnHost", "place_id", "Eigen webadres", SETTINGS),
    Part("places.Place", "id", "Gemeente", SETTINGS, fate=Fate.STAYS),
    Part("places.Postcode", "place_id", "Postcodes", fate=Fate.STAYS, why=PUBLIC),
    Part("places.HouseNumber", "place_id", "Huisnummers", fate=Fate.STAYS, why=PUBLIC),
    Part("places.Boundary", "place_id", "Grens op de kaart", fate=Fate.STAYS, why=PUBLIC),
    # Staff. Grants end before this; their rows go with the account, by its own rule.
    Part("people.Invitation", "place_id", "Uitnodigingen", PEOPLE),
    Part("people.Team", "place_id", "Teams", PEOPLE),
    Part("people.Mandate", "place_id", "Mandaten", PEOPLE),
    Part(
        "people.Grant", "scope_id", "Rollen", PEOPLE, fate=Fate.STAYS,
        also={"naam": "user__display_name", "e-mail": "user__email"},
    ),
    # Numbers without persons, the access log and the protocol of erasing stay: the house must be able to account.
    Part("ledger.Counter", "place", "Tellingen", FIGURES, fate=Fate.STAYS, by="slug"),
    Part("ledger.Published", "place", "Gepubliceerde cijfers", FIGURES, fate=Fate.STAYS, by="slug"),
    Part(
        "core.AuditLine", "place", "Wie las en wijzigde wat", LOG, fate=Fate.STAYS, by="slug", without=("about",),
        hidden=("lockers.Locker", "guide.KeptPlan", "guide.SharedPlan"),
    ),
    Part(
        "people.BrokenGlass", "place_id", "Noodtoegang", LOG, fate=Fate.CHANGED,
        put={"reason": b"", "judged_note": b""},
    ),
    Part("core.RetentionLine", "place", "Protocol van wissen", LOG, fate=Fate.STAYS, by="slug"),
    Part("core.LegalHold", "place", "Bewaarplichten", LOG, fate=Fate.STAYS, by="slug"),
)  # fmt: skip
