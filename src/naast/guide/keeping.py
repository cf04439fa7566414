"""What this room keeps about people, for the register, the locker's page, export, erasing and retention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from naast.core import kept
from naast.core.kept import Kept
from naast.flows import queries as flows
from naast.guide import actions, rules
from naast.guide.local import at_place
from naast.guide.models import GuideDraft, KeptPlan, LocalStep, SharedPlan
from naast.lockers.contents import Entry
from naast.places import queries as places

GROUND = "AVG artikel 6 lid 1 onder e"


def export(locker_id: UUID) -> list[Mapping[str, Any]]:
    """Return a locker's plans as readable rows: one a step."""
    rows: list[Mapping[str, Any]] = []
    for plan in KeptPlan.objects.filter(locker_id=locker_id):
        version = flows.by_digest(plan.version_id)
        if version is None:
            continue
        if (place := places.by_id(plan.place_id)) is not None:
            version = at_place(version, place, plan.content.ids)
        read = rules.known_steps(version.flow, plan.content)
        rows += [
            {
                "plan": version.flow.title,
                "bewaard op": plan.kept_on,
                "wanneer": {"now": "nu", "soon": "straks", "later": "later"}[order.value],
                "stap": version.flow.step(step_id).title,
                "klaar": "ja" if step_id in read.done else "nee",
            }
            for step_id, order in read.steps
        ]
    return rows


def register_guide() -> None:
    """Declare the models of this room."""
    for model, what in ((GuideDraft, "een concept van een wegwijzer"), (LocalStep, "een eigen stap")):
        kept.register(
            Kept(
                model=model._meta.label,
                purpose=f"Weten welke medewerker {what} schreef",
                ground=GROUND,
                retention="zolang de tekst bestaat; de naam vervalt als het account wordt gewist",
                about="medewerkers",
                show="Intern staat erbij welke medewerker dit schreef. Lezers zien alleen de gemeente.",
            )
        )
    kept.register(
        Kept(
            model=KeptPlan._meta.label,
            name="Bewaarde plannen",
            purpose="Je stappenplan bewaren, zodat je het later terugvindt en kunt afvinken",
            ground=GROUND,
            retention="tot je het zelf wist, en anders 2 jaar nadat je het voor het laatst opende",
            show="Welke stappen in je plan staan en welke klaar zijn. Je antwoorden bewaren we niet.",
            export=export,
            erase=actions.erase_of_locker,
            past=actions.past_kept,
            remove=actions.erase_plans,
            place="place__slug",
            locker="locker_id",
        )
    )
    kept.register(
        Kept(
            model=SharedPlan._meta.label,
            name="Gedeelde plannen",
            purpose="Je stappenplan met iemand delen via een geheime link, als je dat zelf wilt",
            ground=GROUND,
            retention="30 dagen, of tot iemand met de link het wist",
            show="Welke stappen in het plan staan. Je antwoorden niet, en niet wie je bent.",
            past=actions.past_shared,
            place="place__slug",
            receivers="wie de link heeft",
        )
    )


def entries(locker_id: UUID) -> Sequence[Entry]:
    """Return what the locker's page shows of its plans."""
    from naast.guide import queries

    return queries.locker_entries(locker_id)
