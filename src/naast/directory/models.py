"""What the directory keeps: organisations, their offers and locations, the area each offer serves, and the search index.

Public facts only: no person is named here, only organisations with their general numbers. The search tables themselves
(FTS5 or tsvector) are made by a migration and written by `index.py`.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from naast.core.models import UuidModel
from naast.places.models import Place


class Form(models.TextChoices):
    """How an offer is given."""

    ONE_TO_ONE = "een-op-een", _("Talk with one person")
    GROUP = "groep", _("Group")
    WALK_IN = "inloop", _("Walk in")
    COURSE = "cursus", _("Course")
    ONLINE = "online", _("Online")
    CHAT = "chat", _("Chat")
    PHONE = "telefoon", _("By phone")


class Costs(models.TextChoices):
    """What an offer costs the person who comes."""

    FREE = "gratis", _("Free")
    PART = "eigen-bijdrage", _("You pay a part")
    PAID = "betaald", _("You pay yourself")
    UNKNOWN = "onbekend", _("Ask about the costs")


class Payer(models.TextChoices):
    """Who pays an offer."""

    MUNICIPALITY = "gemeente", _("The municipality")
    STATE = "rijk", _("The state")
    INSURANCE = "verzekering", _("The health insurance")
    FUND = "fonds", _("A fund")
    OWN = "eigen-middelen", _("You yourself")
    UNKNOWN = "onbekend", _("Not known")


class Referral(models.TextChoices):
    """Whether someone must send you."""

    NO = "nee", _("not needed")
    YES = "ja", _("needed")
    UNKNOWN = "onbekend", _("ask about it")


class Evidence(models.TextChoices):
    """How much is known of the effect, in the Dutch Youth Institute's steps."""

    EFFECTIVE = "effectief", _("Effective, with good indications")
    FOUNDED = "goed-onderbouwd", _("Well founded")
    STUDIED = "onderzocht", _("Studied, without a verdict")
    PRACTICE = "praktijk", _("Known from practice")
    UNKNOWN = "onbekend", _("Not known")


class Audience(models.TextChoices):
    """For whom an offer is."""

    PARENTS = "ouders", _("Parents")
    CHILDREN = "kinderen", _("Children up to 12")
    YOUNG = "jongeren", _("Young people")
    AROUND = "omgeving", _("Family and friends")
    PROFESSIONALS = "professionals", _("Professionals")


class Phase(models.TextChoices):
    """In which phase of life an offer helps."""

    EXPECTING = "verwachting", _("Expecting")
    YOUNG_PARENTS = "jonge-ouders", _("Young parents")
    STRAIN = "spanning", _("Strain in the relationship")
    SEPARATING = "uit-elkaar", _("Separating")
    AFTER = "na-scheiding", _("After the separation")
    BLENDED = "samengesteld", _("Blended family")


class State(models.TextChoices):
    """Whether readers find an offer. Hidden is what nobody confirmed for too long; ended and merged stay for their address."""

    OPEN = "open", _("Open")
    HIDDEN = "verborgen", _("Hidden")
    ENDED = "gestopt", _("Ended")
    MERGED = "samengevoegd", _("Merged")


class ConfirmedBy(models.TextChoices):
    """Who last said that an offer is true."""

    NOBODY = "niemand", _("Nobody")
    SOURCE = "bron", _("A public source")
    PROVIDER = "aanbieder", _("Who gives it")
    EDITOR = "redactie", _("An editor")


class Organisation(UuidModel):
    """Who gives help."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, default="lokaal", help_text="landelijk, regionaal of lokaal")
    about = models.TextField(blank=True)
    website = models.URLField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True, help_text="Algemeen adres, niet van een persoon")
    source = models.CharField(max_length=240, blank=True)
    ended = models.BooleanField(default=False, db_default=False, help_text="Bestaat niet meer")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    updated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Location(UuidModel):
    """Where an organisation receives people."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="locations")
    name = models.CharField(max_length=160, blank=True)
    street = models.CharField(max_length=160, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    town = models.CharField(max_length=80)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["town", "street"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "street", "town"], name="location_once_an_organisation"),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.street, self.town) if part)


class Offer(UuidModel):
    """Help that an organisation gives: for whom, when, how, where, at what cost (feature H1)."""

    slug = models.SlugField(max_length=100, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="offers")
    name = models.CharField(max_length=160)
    summary = models.CharField(max_length=300, help_text="Eén of twee korte zinnen")
    description = models.TextField(blank=True)
    audiences = models.JSONField(default=list, help_text="Codes van doelgroepen")
    age_min = models.PositiveSmallIntegerField(null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(null=True, blank=True)
    phases = models.JSONField(default=list, blank=True, help_text="Codes van levensfasen; leeg is alle")
    subjects = models.JSONField(default=list, blank=True, help_text="Codes van onderwerpen")
    forms = models.JSONField(default=list, blank=True, help_text="Codes van vormen")
    languages = models.JSONField(default=list, blank=True, help_text="Taalcodes, bijvoorbeeld nl, en")
    costs = models.CharField(max_length=16, choices=Costs.choices, default=Costs.UNKNOWN)
    costs_text = models.CharField(max_length=240, blank=True)
    payers = models.JSONField(default=list, blank=True, help_text="Codes van wie betaalt")
    referral = models.CharField(max_length=10, choices=Referral.choices, default=Referral.UNKNOWN)
    waiting = models.CharField(max_length=160, blank=True, help_text="Wachttijd in woorden, met de datum erbij")
    evidence = models.CharField(max_length=16, choices=Evidence.choices, default=Evidence.UNKNOWN)
    evidence_year = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence_text = models.CharField(max_length=300, blank=True)
    area = models.ManyToManyField(Place, through="OfferArea", related_name="+")
    locations = models.ManyToManyField(Location, blank=True, related_name="offers")
    phone = models.CharField(max_length=30, blank=True)
    website = models.URLField(blank=True)
    hours = models.CharField(max_length=240, blank=True)
    special_groups = models.JSONField(default=list, blank=True, help_text="Codes van bijzondere groepen")
    offered_when = models.CharField(max_length=160, blank=True, help_text="Wanneer dit uit zichzelf wordt aangeboden")
    offered_by = models.CharField(max_length=160, blank=True, help_text="Wie het dan aanbiedt")
    source = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True, help_text="Datum waarop iemand de bron zag")
    is_helpline = models.BooleanField(default=False)
    state = models.CharField(max_length=14, choices=State.choices, default=State.OPEN, db_default=State.OPEN)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    keeper = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Wiens redactie dit bewaakt; leeg: elke regioredactie",
    )  # fmt: skip
    confirmed_by = models.CharField(
        max_length=10, choices=ConfirmedBy.choices, default=ConfirmedBy.NOBODY, db_default=ConfirmedBy.NOBODY
    )
    next_check = models.DateField(null=True, blank=True, help_text="Wanneer iemand weer moet zeggen of het klopt")
    waiting_min = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Wachttijd in weken, van")
    waiting_max = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Wachttijd in weken, tot en met")
    waiting_on = models.DateField(null=True, blank=True, help_text="Op welke dag de wachttijd zo was")
    opening = models.JSONField(
        null=True, blank=True, help_text="Tijden van de week: [{weekday: 1-7, opens: 09:00, closes: 12:00}]"
    )
    starts = models.JSONField(null=True, blank=True, help_text="Dagen waarop het begint: [{date: 2027-01-12, text: …}]")
    updated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
                name="offer_ages_in_order",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(summary=""), name="offer_says_what_it_is"),
            models.CheckConstraint(condition=Q(costs__in=Costs.values), name="offer_costs_known_code"),
            models.CheckConstraint(condition=Q(referral__in=Referral.values), name="offer_referral_known_code"),
            models.CheckConstraint(condition=Q(evidence__in=Evidence.values), name="offer_evidence_known_code"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="offer_state_known_code"),
            models.CheckConstraint(
                condition=Q(waiting_min__isnull=True, waiting_max__isnull=True)
                | Q(waiting_min__lte=F("waiting_max"), waiting_on__isnull=False),
                name="offer_waiting_a_dated_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfferArea(models.Model):
    """A place that an offer serves: the country, a region or a municipality."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="areas")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "place"], name="offer_area_once")]


class Indexed(models.Model):
    """That an offer is in the search index, under which number, and with which words (folded, sorted, between spaces)."""

    number = models.BigAutoField(primary_key=True)
    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="indexed")
    words = models.TextField()


class Word(models.Model):
    """A word that offers use and how many have it: the vocabulary for splitting and spelling."""

    word = models.CharField(max_length=40, primary_key=True)
    offers = models.PositiveIntegerField()


class IndexMark(models.Model):
    """From which language data and code the search index was made: one row (search.upkeep)."""

    made_from = models.CharField(max_length=32)


# the alcoves' models, which need those above
from naast.directory.editing.models import (  # noqa: E402, F401
    Change,
    NotDouble,
    OldSlug,
    PlaceRule,
    ProfessionalContact,
)
from naast.directory.keeping.models import Confirmation, ConfirmationLink, KeepingChoice  # noqa: E402, F401
from naast.directory.waiting.models import WaitingNote  # noqa: E402, F401
from naast.directory.wording.models import Wording  # noqa: E402, F401
