"""Step plans in the example lockers: a parent's and a child's, made by walking a guide as they would."""

from naast.core import once
from naast.flows import queries as flows
from naast.flows import rules as engine
from naast.flows.parts import Value
from naast.flows.paths import values
from naast.guide import actions, rules
from naast.guide.models import KeptPlan
from naast.lockers import actions as lockers
from naast.places.queries import by_slug

PLACE = "enschede"
# Locker, audience and guide; how many of the first steps they ticked off already.
PLANS = (("parent", "ouders", "uit-elkaar", 2), ("child", "kinderen", "kind-jongere", 1))


def load_plans() -> int:
    """Keep a plan in each example locker that has none; returns how many were made."""
    place, made = by_slug(PLACE), 0
    if place is None:
        raise LookupError(PLACE)
    for name, audience, slug, ticked in PLANS:
        locker = lockers.make_demonstration(name=name, place_slug=PLACE, audience=audience).locker
        version = flows.current(slug)
        if version is None or KeptPlan.objects.filter(locker=locker).exists():
            continue
        answers: dict[str, Value] = {}
        while question := engine.next_question(version.flow, answers):
            answers = engine.give(version.flow, answers, question.id, values(question)[0])
        done = [step.step.id for step in engine.steps(version.flow, answers)[:ticked]]
        plan = rules.plan_of(version.flow, answers, done)
        actions.keep_plan(once=once.read(once.issue()), place=place, version=version, plan=plan, locker=locker)
        made += 1
    return made
