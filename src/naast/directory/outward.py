"""What an offer's page gives to machines and calendars: facts after schema.org, times of the week, days it begins."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from naast.core import languages
from naast.core.linked_data import block
from naast.directory import feeds, shown
from naast.directory.models import Audience, Costs, Offer
from naast.directory.rules import COUNTRY
from naast.places.rules import DAYS, DAYS_EN, Hours, clock_words
from naast.places.tongues import told

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def context(offer: Offer, request: HttpRequest) -> dict[str, Any]:
    """What the page of an offer adds: `agenda`, `week` (day, times) and `linked`."""
    agenda = feeds.agenda(offer)
    address = told(request, reverse("directory:offer", args=[offer.slug]))
    return {"agenda": agenda, "week": week_rows(agenda.hours), "linked": block(service(offer, address))}


def week_rows(hours: list[Hours]) -> list[tuple[str, str]]:
    """Hours of the week for a small table: the day, and its times in words."""
    code = languages.interface(languages.reading())
    names = DAYS_EN if code == "en" else DAYS
    rows: dict[int, list[str]] = {}
    for one in hours:
        times = f"{clock_words(one.opens, code)}–{clock_words(one.closes, code)}"
        rows.setdefault(one.weekday, []).append(times)
    unit = "" if code == "en" else " " + _("o’clock")
    return [(names[day - 1], ", ".join(times) + unit) for day, times in rows.items()]


def service(offer: Offer, address: str) -> dict[str, Any]:
    """An offer as a Service of schema.org: public facts of an organisation, of no person. What nobody knows is None or ''."""
    way = shown.way_in(offer)
    return {
        "@type": "Service",
        "@id": address,
        "url": address,
        "name": offer.name,
        "description": offer.summary,
        "provider": {
            "@type": "Organization",
            "name": offer.organisation.name,
            "url": offer.organisation.website,
            "telephone": offer.organisation.phone,
            "email": offer.organisation.email,
        },
        "areaServed": [
            {"@type": "Country" if place.slug == COUNTRY else "AdministrativeArea", "name": place.name}
            for place in shown.area_of(offer)
        ],
        "audience": [_audience(offer, code) for code in offer.audiences],
        "hoursAvailable": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{WEEKDAYS[one.weekday - 1]}",
                "opens": f"{one.opens:%H:%M}",
                "closes": f"{one.closes:%H:%M}",
            }
            for one in feeds.agenda(offer).hours
        ],
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceUrl": way.website,
            "servicePhone": {"@type": "ContactPoint", "telephone": way.phone} if way.phone else None,
            "availableLanguage": list(offer.languages),
            "serviceLocation": [
                {
                    "@type": "Place",
                    "name": one.name,
                    "address": {
                        "@type": "PostalAddress",
                        "streetAddress": one.street,
                        "postalCode": one.postcode,
                        "addressLocality": one.town,
                        "addressCountry": "NL",
                    },
                }
                for one in offer.locations.all()
            ],
        },
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "EUR"} if offer.costs == Costs.FREE else None,
    }


def _audience(offer: Offer, code: str) -> dict[str, Any]:
    young = code in (Audience.CHILDREN, Audience.YOUNG)
    return {
        "@type": "PeopleAudience" if young else "Audience",
        "audienceType": str(Audience(code).label),
        "suggestedMinAge": offer.age_min if young else None,
        "suggestedMaxAge": offer.age_max if young else None,
    }
