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

    class Meta:
        ordering = ["order_adults", "name"]

    def __str__(self) -> str:
        return self.name
