"""A guide of its own for tests: small, with danger, a number, and a step for both."""

from __future__ import annotations

from naast.flows import actions as flows
from naast.flows.queries import Version

SMALL = """
flow: proef
title: Proefgids
lead: Twee vragen en een plan.
audience: ouders
phase: uit-elkaar
minutes: 1
drawing: 09-pad-met-stappen
owner: Redactie
questions:
  - id: praten
    kind: choice
    title: Lukt praten?
    why: Dan weten we wat past.
    options:
      - {id: goed, text: Ja, summary: Praten lukt.}
      - {id: slecht, text: Nee, summary: Praten lukt niet.}
      - {id: bang, text: Ik ben bang, hint: Dan zie je wie je kunt bellen., danger: veilig}
  - id: aantal
    kind: number
    title: Hoeveel kinderen?
    why: Dan weten we wat past.
    summary: "Kinderen: {}."
    maximum: 9
  - id: zorgen
    kind: several
    title: Waar maak je je zorgen over?
    why: Dan weten we wat past.
    options:
      - {id: geld, text: Geld}
      - {id: huis, text: Het huis}
      - {id: geen, text: Geen van deze, exclusive: true}
help:
  - id: veilig
    title: Je bent niet alleen
    text: [Bel als het niet veilig is.]
    lines: ["112", veilig-thuis]
rules:
  - add: [bel, rust]
  - when: {praten: goed}
    add: [samen]
  - when: {zorgen: geld}
    add: [rekeningen]
steps:
  - id: bel
    title: Bel het loket
    why: Dat helpt.
    order: now
    with: Het loket
    costs: Gratis.
    call: [loket, luisterlijn]
    calendar: Bellen
    link: vraag
  - id: rekeningen
    title: Leg je rekeningen klaar
    why: Dan zie je wat er is.
    order: now
    with: Jijzelf
    costs: Niets.
    subjects: [geld]
  - {id: samen, title: Praat samen, why: Dat helpt., order: soon, who: both, with: De andere ouder, costs: Niets.}
  - {id: rust, title: Rust uit, why: Dat helpt., order: later, with: Jijzelf, costs: Niets.}
"""


def publish_small(**replaced: str) -> Version:
    """Publish the small guide; each keyword is a word of it and what stands there instead."""
    text = SMALL
    for old, new in replaced.items():
        text = text.replace(old, new)
    return flows.publish(text=text)
