"""How the invented people of the demonstration work together: somebody invited, a team, mandates of which one expired.

Who is away with a deputy is played with the questions (`questions._call_in_sick`).
"""

from datetime import date, timedelta

from naast.core import clock
from naast.demo.staff import somebody
from naast.people.models import User
from naast.people.staffing import actions
from naast.people.staffing.models import Invitation, Mandate, Team
from naast.people.staffing.queries import scope_of
from naast.places.queries import by_slug

PLACE = "enschede"
INVITED = ("fleur.enschede@demo.example", "Fleur Dekker")
TEAM = ("Geld en recht", ("sander.enschede@demo.example",), ("geld", "juridisch"))
# (decision, office, substitute, first and last day counted from today)
MANDATES = (
    ("grant-roles", "Teammanager jeugd", "Concernmanager sociaal domein", -300, 700),
    ("accept-referral", "Coördinator van het loket", "Teammanager jeugd", -345, 20),
    ("spend-fund", "Wethouder jeugd", "", -730, -31),
)
PAPER = ("Mandaatbesluit sociaal domein (voorbeeld)", date(2024, 11, 1))


def load_working() -> None:
    """Do it once, as the administrator of the place. What is there is kept."""
    by, place = somebody("place-admin"), by_slug(PLACE)
    if by is None or place is None:
        return
    today = clock.today()
    if not Invitation.objects.filter(place_id=place.id).exists():
        email, name = INVITED
        actions.invite(
            by=by,
            place=place,
            email=email,
            display_name=name,
            role="adviser",
            scope=scope_of(place),
            ends=today + timedelta(days=365),
        )
    if not Team.objects.filter(place_id=place.id).exists():
        name, addresses, knows = TEAM
        members = User.objects.filter(email__in=addresses)
        actions.save_team(by=by, place=place, name=name, members=members, knows=knows)
    if not Mandate.objects.filter(place_id=place.id).exists():
        for decision, office, substitute, first, last in MANDATES:
            values = {
                "decision": decision,
                "office": office,
                "substitute": substitute,
                "starts": today + timedelta(days=first),
                "ends": today + timedelta(days=last),
                "paper": PAPER[0],
                "paper_date": PAPER[1],
            }
            actions.save_mandate(by=by, place=place, values=values)
