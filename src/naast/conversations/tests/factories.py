"""Conversations in words of the domain: `a_thread(made)`, `answered(thread)`, made through the rooms' own actions."""

from naast.conversations import actions
from naast.conversations.models import Message, Thread
from naast.core import once
from naast.lockers.tests.factories import Made, a_locker
from naast.people.models import User
from naast.people.tests.factories import UserFactory

QUESTION = "Mag mijn dochter zelf kiezen waar ze slaapt? Ze wil op woensdag bij haar vader. Zilverpopulier."
ANSWER = "Wat goed dat je dit vraagt. Kiezen doen jullie als ouders. Kwikstaartje."
URGENT = "Ik durf niet naar huis, hij slaat mij."


def a_thread(made: Made | None = None, *, text: str = QUESTION, place: str = "enschede") -> Thread:
    """Start a conversation in a locker (a new one by default)."""
    made = made or a_locker()
    return actions.start(locker=made.locker, place=place, audience=made.locker.audience, subject="kinderen", text=text)


def adviser(name: str = "Marije Voorbeeld") -> User:
    """Return somebody of a desk; which desk is the policy's, not this room's."""
    return UserFactory(display_name=name)


def answered(thread: Thread, text: str = ANSWER) -> Message:
    """Let the desk answer."""
    return actions.reply(thread=thread, author=adviser(), text=text)


def number() -> str:
    """Return a fresh one-time number, as a form carries it."""
    return once.issue()
