"""What this room keeps about people, declared once for the privacy page, retention and export."""

from naast.core import kept

from . import actions


def register_together() -> None:
    """Declare the nicknames of who comes to an evening. Polls keep nobody: only counters."""
    kept.register(
        kept.Kept(
            model="together.SignUp",
            name="Aanmeldingen voor een avond",
            purpose="Weten hoeveel mensen op een gespreksavond komen en hoe zij die avond heten",
            ground="Toestemming: wie zich aanmeldt, kiest zelf een bijnaam.",
            retention="Tot 14 dagen na de avond, of tot je je afmeldt.",
            show="Je bijnaam en met hoeveel je komt. Versleuteld, en los van je kluisje.",
            past=actions.past_sign_ups,
            place="evening__place__slug",
            receivers="redacteuren van de gemeente, die de avond houden",
        )
    )
