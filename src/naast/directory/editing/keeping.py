"""What this alcove keeps about people, declared once for the privacy page, retention and export."""

from naast.core import kept


def register_editing() -> None:
    """Declare contacts of professionals, and what providers and editors write to each other with a change."""
    from naast.directory.editing import actions

    kept.register(
        kept.Kept(
            model="directory.ProfessionalContact",
            name="Contactpersonen bij aanbieders",
            purpose="Verwijzers laten weten wie ze bij een aanbieder kunnen bellen of mailen",
            ground="Algemeen belang: iemand helpt sneller als hulpverleners elkaar weten te vinden.",
            retention="Zolang het aanbod bestaat, en tot een jaar nadat iemand het voor het laatst nakeek.",
            show="Naam en direct nummer van iemand bij een aanbieder. Versleuteld; alleen medewerkers met dat recht.",
            past=actions.past_contacts,
            about="aanbieders",
            receivers="adviseurs en redacteuren",
        )
    )
    kept.register(
        kept.Kept(
            model="directory.Change",
            name="Woorden bij een voorstel",
            purpose="Laten zien wie welk feit over een aanbod veranderde, en waarom",
            ground="Algemeen belang: informatie over hulp moet kloppen.",
            retention="Woorden erbij: twee jaar na het besluit. De verandering zelf: zolang het aanbod bestaat.",
            show="Wat een aanbieder en de redactie elkaar bij een voorstel schreven. Versleuteld.",
            past=actions.past_words,
            remove=actions.blank_words,
            buries=False,
            about="aanbieders",
            receivers="de redactie en de aanbieder zelf",
        )
    )
