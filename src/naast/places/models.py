"""Places: regions, municipalities, their desks, postcodes, hours, house styles; helplines; public holidays."""

from django.db import models
from django.db.models import Q

from naast.core.models import UuidModel

KINDS = [("country", "land"), ("region", "regio"), ("municipality", "gemeente")]


class Place(UuidModel):
    """A country, region or municipality. Regions and municipalities share one table of slugs."""

    kind = models.CharField(max_length=12, choices=KINDS)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    code = models.CharField(max_length=6, blank=True, help_text="CBS-code, bijvoorbeeld GM0153")
    province = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    takes_part = models.BooleanField(default=False, help_text="Doet mee met Naast")
    live = models.BooleanField(default=False, help_text="Openbaar te bezoeken")
    theme = models.CharField(max_length=40, default="naast", help_text="Huisstijl uit de lijst van thema's")
    town_hall_url = models.URLField(blank=True, help_text="Website van de gemeente zelf")
    town_hall_phone = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="place_code_once"),
            models.CheckConstraint(
                condition=Q(kind="municipality") | Q(code=""), name="place_only_municipalities_have_a_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """A four-digit postcode area and a municipality it lies in; `share` is the part of its addresses (0–1)."""

    pc4 = models.CharField(max_length=4, db_index=True)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="postcodes")
    share = models.FloatField(default=1.0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pc4", "place"], name="postcode_place_once")]


class PostcodeLoad(models.Model):
    """One loading of the file of postcodes and house numbers; pages read the current one only."""

    digest = models.CharField(max_length=64, help_text="SHA-256 van het bestand")
    source = models.CharField(max_length=80, help_text="Naam van het bestand")
    lines = models.PositiveIntegerField(default=0)
    current = models.BooleanField(default=False)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["current"], condition=Q(current=True), name="postcode_load_one_current")
        ]

    def __str__(self) -> str:
        return self.source


class HouseNumber(models.Model):
    """In which municipality a full postcode lies, for four digits that lie in several; `number` where it is split too."""

    load = models.ForeignKey(PostcodeLoad, on_delete=models.CASCADE, related_name="house_numbers")
    pc6 = models.CharField(max_length=6)
    number = models.PositiveIntegerField(null=True, help_text="Leeg: de hele postcode ligt in deze gemeente")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["pc6", "number"], name="house_number_found")]

    def __str__(self) -> str:
        return self.pc6


class Boundary(models.Model):
    """The land of a municipality for drawing: rings of whole metres in RD (EPSG:28992), loaded at set-up."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="boundary")
    rings = models.JSONField(help_text="[[x, y, x, y, …], …] in meters")
    min_x = models.IntegerField()
    min_y = models.IntegerField()
    max_x = models.IntegerField()
    max_y = models.IntegerField()
    middle_x = models.IntegerField(help_text="Een punt ruim binnen de grens")
    middle_y = models.IntegerField()
    source = models.CharField(max_length=160, blank=True, help_text="Wat er onder de kaart staat")

    def __str__(self) -> str:
        return f"{self.place_id}"


class PostcodeCentre(models.Model):
    """The middle of a four-digit postcode area in RD, whole metres."""

    pc4 = models.CharField(max_length=4, primary_key=True)
    x = models.IntegerField()
    y = models.IntegerField()

    def __str__(self) -> str:
        return self.pc4


class OwnHost(UuidModel):
    """A place's own host name; answers only when live."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="own_host")
    host = models.CharField(max_length=253, unique=True, help_text="Zonder https:// en zonder schuine streep")
    live = models.BooleanField(default=False, help_text="Naast antwoordt op deze naam")
    live_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.host


class Logo(UuidModel):
    """A place's logo, made anew from the pixels that were uploaded; small, so it lies in the database."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="logos")
    data = models.BinaryField(help_text="WebP")
    digest = models.CharField(max_length=16)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=80, help_text="Wat iemand hoort die het niet ziet")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "digest", "alt"], name="logo_once")]

    def __str__(self) -> str:
        return self.alt


class HouseStyle(UuidModel):
    """One house style of a place: a shipped one to start from and what was chosen; at most one draft and one current."""

    STATES = [("draft", "concept"), ("current", "in gebruik"), ("earlier", "eerder")]

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="house_styles")
    state = models.CharField(max_length=8, choices=STATES, default="draft")
    base = models.CharField(max_length=40, help_text="Meegeleverde stijl om mee te beginnen")
    light = models.JSONField(default=dict, help_text="Gekozen kleuren overdag: naam → #rrggbb")
    dark = models.JSONField(default=dict, help_text="Gekozen kleuren in het donker")
    font = models.CharField(max_length=20, default="", blank=True)
    corners = models.CharField(max_length=20, default="", blank=True)
    logo = models.ForeignKey(Logo, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=16, default="", blank=True, help_text="Van het stijlblad waarmee het begon")
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-changed_at"]
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(state="draft"), name="house_style_one_draft"),
            models.UniqueConstraint(fields=["place"], condition=Q(state="current"), name="house_style_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.base} ({self.state})"


class Desk(UuidModel):
    """Where people of a place are helped in person: name, contact, hours, how fast it answers."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="desk")
    name = models.CharField(max_length=80)
    about = models.TextField(blank=True, help_text="Wie er zitten en wat ze doen, in twee zinnen")
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    town = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    answer_days = models.PositiveSmallIntegerField(default=2, help_text="Antwoord binnen zoveel werkdagen")
    answers_for_region = models.BooleanField(default=False, help_text="Vangt vragen van de hele regio op")
    is_example = models.BooleanField(default=False, help_text="Verzonnen voor de demonstratie")

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """One stretch of open hours in a week (ISO weekday 1–7)."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    walk_in = models.BooleanField(default=False, help_text="Binnenlopen zonder afspraak")

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="hours_weekday"),
            models.CheckConstraint(condition=Q(opens__lt=models.F("closes")), name="hours_open_before_close"),
        ]


class Holiday(models.Model):
    """A public holiday on which nobody answers."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=60)


class Helpline(models.Model):
    """The one source for emergency help everywhere: number, hours, audience, source, check date."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=30, blank=True, help_text="Zoals mensen het lezen")
    tel = models.CharField(max_length=30, blank=True, help_text="Zoals de telefoon het kiest")
    about = models.CharField(max_length=240)
    about_children = models.CharField(max_length=240, blank=True)
    free = models.BooleanField(null=True)
    chat_url = models.URLField(blank=True)
    url = models.URLField(blank=True)
    hours = models.JSONField(null=True, help_text='"24/7", [{days, from, to}] of leeg: onbekend')
    hours_note = models.CharField(max_length=200, blank=True)
    audiences = models.JSONField(default=list)
    order_adults = models.PositiveSmallIntegerField(null=True)
    order_children = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=240, blank=True)
    checked_on = models.DateField(null=True)
    # {"en": {"about": …, "about_children": …, "hours_note": …, "name": …}}
    translations = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["order_adults", "name"]

    def __str__(self) -> str:
        return self.name
