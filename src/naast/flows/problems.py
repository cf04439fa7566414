"""
What can be wrong with a flow, in Dutch and English, for editors and for the `naast flows` command.

Kept apart from Django's catalogues because the engine runs without Django; each code has both languages by test.
"""

from __future__ import annotations

from dataclasses import dataclass

MESSAGES: dict[str, tuple[str, str]] = {
    # Reading the file.
    "yaml": ("Dit is geen leesbare YAML: {detail}", "This is not readable YAML: {detail}"),
    "double-key": ("‘{detail}’ staat er twee keer", "‘{detail}’ is written twice"),
    "not-a-map": ("Hier hoort een lijst van velden met waarden", "A mapping of fields to values is expected here"),
    "not-a-list": ("Hier hoort een lijst", "A list is expected here"),
    "not-a-text": ("Hier hoort tekst", "Text is expected here"),
    "not-a-number": ("‘{detail}’ is geen heel getal", "‘{detail}’ is not a whole number"),
    "not-a-flag": ("Schrijf ‘true’ of ‘false’, niet ‘{detail}’", "Write ‘true’ or ‘false’, not ‘{detail}’"),
    "not-one-of": ("‘{detail}’ is hier geen bekend woord", "‘{detail}’ is not a known word here"),
    "unknown-field": ("Het veld ‘{detail}’ kennen we niet", "The field ‘{detail}’ is not known"),
    "missing-field": ("Het veld ‘{detail}’ ontbreekt", "The field ‘{detail}’ is missing"),
    "bad-id": (
        "‘{detail}’ kan geen naam zijn: gebruik kleine letters, cijfers en streepjes",
        "‘{detail}’ cannot be an id: use lower-case letters, digits and hyphens",
    ),
    "bad-condition": ("Deze voorwaarde begrijpen we niet: {detail}", "This condition is not understood: {detail}"),
    "translation-unknown": (
        "De vertaling noemt ‘{detail}’, en dat is er niet in de wegwijzer",
        "The translation names ‘{detail}’, which the flow does not have",
    ),
    "translation-lines": (
        "De vertaling heeft een ander aantal zinnen ({detail})",
        "The translation has another number of sentences ({detail})",
    ),
    "translation-braces": (
        "In de vertaling ontbreekt {{}}: ‘{detail}’",
        "The translation lacks {{}}: ‘{detail}’",
    ),
    # Checking its structure.
    "double-id": ("De naam ‘{detail}’ is twee keer gebruikt", "The id ‘{detail}’ is used twice"),
    "double-words": ("Twee antwoorden hebben dezelfde tekst: ‘{detail}’", "Two options have the same text: ‘{detail}’"),
    "no-questions": ("De wegwijzer heeft geen vragen", "The flow has no questions"),
    "no-options": ("Deze vraag heeft minder dan twee antwoorden", "This question has fewer than two options"),
    "no-range": ("De grenzen van dit getal kloppen niet", "The bounds of this number are not right"),
    "unknown-target": ("‘{detail}’ is geen vraag en niet ‘plan’", "‘{detail}’ is neither a question nor ‘plan’"),
    "loop": ("De vragen lopen rond: {detail}", "The questions run in a circle: {detail}"),
    "dead-end": ("Vanaf deze vraag kom je nooit bij een plan", "From this question no plan is ever reached"),
    "unreachable": ("Deze vraag wordt nooit gesteld", "This question is never asked"),
    "route-never": ("Deze route wordt nooit genomen (naar ‘{detail}’)", "This route is never taken (to ‘{detail}’)"),
    "unknown-question": (
        "De voorwaarde noemt een vraag die er niet is: ‘{detail}’",
        "The condition names a question that does not exist: ‘{detail}’",
    ),
    "unknown-option": (
        "De voorwaarde noemt een antwoord dat er niet is: ‘{detail}’",
        "The condition names an option that does not exist: ‘{detail}’",
    ),
    "wrong-kind": (
        "De voorwaarde past niet bij de soort vraag: ‘{detail}’",
        "The condition does not fit the kind of question: ‘{detail}’",
    ),
    "danger-in-condition": (
        "De voorwaarde hangt aan een gevaar-antwoord, en dat bewaren we nooit: ‘{detail}’",
        "The condition rests on a danger option, which is never kept: ‘{detail}’",
    ),
    "not-yet-asked": (
        "De route kijkt naar een vraag die hier nog niet gesteld kan zijn: ‘{detail}’",
        "The route looks at a question that cannot have been asked yet: ‘{detail}’",
    ),
    "contradiction": ("Deze voorwaarde kan nooit waar zijn", "This condition can never be true"),
    "step-never": ("Deze stap komt in geen enkel plan", "This step is in no plan at all"),
    "unknown-step": (
        "De regel noemt een stap die er niet is: ‘{detail}’",
        "The rule names an unknown step: ‘{detail}’",
    ),
    "empty-plan": ("Er is een weg zonder één stap: {detail}", "There is a path without a single step: {detail}"),
    "nothing-now": ("Er is een weg zonder stap voor nu: {detail}", "There is a path without a step for now: {detail}"),
    "missing-words": ("De tekst ‘{detail}’ ontbreekt", "The text ‘{detail}’ is missing"),
    "long-sentence": ("Deze zin is te lang ({detail})", "This sentence is too long ({detail})"),
    "danger-without-help": (
        "Dit antwoord wijst op gevaar, maar de hulp ‘{detail}’ is er niet",
        "This option points at danger, but the help ‘{detail}’ does not exist",
    ),
    "danger-not-optional": (
        "Bij een gevaar-antwoord moet je de vraag kunnen overslaan",
        "A question with a danger option must be one that can be skipped",
    ),
    "help-without-lines": ("Deze hulp heeft geen telefoonnummer", "This help has no phone line"),
    "help-unused": ("Geen antwoord leidt naar deze hulp", "No option leads to this help"),
    "too-many-paths": ("Er zijn te veel wegen om na te lopen", "There are too many paths to walk"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a code of MESSAGES, where in the flow, and what it is about."""

    code: str
    where: str
    detail: str = ""

    def message(self, language: str = "nl") -> str:
        """Return the problem as one line in Dutch ("nl") or English (anything else)."""
        words = MESSAGES[self.code][0 if language == "nl" else 1].format(detail=self.detail)
        return f"{self.where}: {words}" if self.where else words


class LoadError(ValueError):
    """A flow's text cannot be read; `problems` holds everything found, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message("en") for problem in problems))
        self.problems = tuple(problems)
