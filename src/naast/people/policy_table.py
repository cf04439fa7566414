"""The policy as data: which role may do which action at which kinds of scope.

A role at a region also covers the municipalities of that region; a role at a municipality never covers the region.
Rooms use these names in `people.policy.needs("<room>.<verb>")`. An action that is not in this table is refused to all.
Source of who sees what: docs/safety.md, "Who sees what".
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

REGION = "region"
MUNICIPALITY = "municipality"
ORGANISATION = "organisation"

KINDS: tuple[str, ...] = (REGION, MUNICIPALITY, ORGANISATION)

_PLACE = frozenset({REGION, MUNICIPALITY})
_REGION = frozenset({REGION})
_OWN_OFFERS = frozenset({ORGANISATION})

# Open to every member of staff with a second factor, for themselves alone: no scope is asked.
OWN_ACTIONS: frozenset[str] = frozenset({"people.own"})

TABLE: Mapping[str, Mapping[str, frozenset[str]]] = {
    # the desk: questions of residents
    "desk.read": {"adviser": _PLACE, "coordinator": _PLACE},
    "desk.take": {"adviser": _PLACE, "coordinator": _PLACE},
    "desk.answer": {"adviser": _PLACE, "coordinator": _PLACE},
    "desk.hand_over": {"adviser": _PLACE, "coordinator": _PLACE},
    "desk.close": {"adviser": _PLACE, "coordinator": _PLACE},
    "desk.assign": {"coordinator": _PLACE},
    # pages, slots and guides; shared pages belong to the region or the country
    "content.edit": {"editor": _PLACE, "regional-editor": _REGION},
    "content.slots": {"editor": _PLACE, "regional-editor": _REGION},
    "content.publish": {"editor": _PLACE, "regional-editor": _REGION},
    "content.shared": {"regional-editor": _REGION},
    "flows.edit": {"regional-editor": _REGION},
    "guide.local": {"editor": _PLACE, "regional-editor": _REGION},  # a place's own steps in a shared guide
    # polls and evenings
    "together.edit": {"editor": _PLACE, "regional-editor": _REGION},
    # the directory of help
    "directory.edit": {"editor": _PLACE, "regional-editor": _REGION},
    "directory.gaps": {"editor": _PLACE, "regional-editor": _REGION, "policy-officer": _PLACE},
    "directory.words": {"regional-editor": _REGION},  # people's words serve every place
    "directory.own": {"provider": _OWN_OFFERS},
    "directory.contacts": {"adviser": _PLACE, "coordinator": _PLACE, "editor": _PLACE, "regional-editor": _REGION},
    # how a place treats what providers change
    "directory.rules": {"editor": _PLACE, "regional-editor": _REGION, "place-admin": _PLACE},
    # people and places
    "people.read": {"place-admin": _PLACE, "privacy-officer": _PLACE},
    "people.grant": {"place-admin": _PLACE},
    "people.absence": {"coordinator": _PLACE, "place-admin": _PLACE},
    "people.teams": {"coordinator": _PLACE, "place-admin": _PLACE},
    "people.mandates": {"place-admin": _PLACE},
    "places.edit": {"place-admin": _PLACE},
    # one record outside the own places, in an emergency (docs/decisions/0028): asked for at the own desk, read only
    "people.break_glass": {"adviser": _PLACE, "coordinator": _PLACE},
    # who read what, and the figures
    "core.read_audit": {"privacy-officer": _PLACE},
    # what is kept about people: the register, the protocol of erasing; holding back; the file of a colleague
    "upkeep.kept": {"privacy-officer": _PLACE, "place-admin": _PLACE},
    "upkeep.hold": {"privacy-officer": _PLACE},
    "upkeep.register": {"privacy-officer": _PLACE, "place-admin": _PLACE},
    "people.rights": {"privacy-officer": _PLACE, "place-admin": _PLACE},
    "monitor.read": {"policy-officer": _PLACE},
}

ROLE_NAMES = {
    "adviser": _("adviser"),
    "coordinator": _("coordinator"),
    "editor": _("editor"),
    "regional-editor": _("regional editor"),
    "provider": _("provider of help"),
    "buddy": _("buddy"),
    "buddy-coordinator": _("coordinator of buddies"),
    "trainer": _("trainer"),
    "policy-officer": _("policy officer"),
    "privacy-officer": _("privacy officer"),
    "place-admin": _("place administrator"),
}

# What each action means for a person, in plain words: the table "who can see what" is made of these.
PHRASES = {
    "desk.read": _("reads questions of residents"),
    "desk.take": _("takes questions"),
    "desk.answer": _("answers questions"),
    "desk.hand_over": _("hands questions over"),
    "desk.close": _("closes questions"),
    "desk.assign": _("divides questions among advisers"),
    "content.edit": _("writes texts"),
    "content.slots": _("fills the slots in shared texts"),
    "content.publish": _("publishes texts"),
    "content.shared": _("writes the texts that all places share"),
    "flows.edit": _("changes the guides that all places share"),
    "guide.local": _("adds own steps to guides"),
    "together.edit": _("makes polls and evenings"),
    "directory.edit": _("edits help in the directory"),
    "directory.gaps": _("sees where help is missing"),
    "directory.words": _("adds people's words to the search"),
    "directory.own": _("keeps the help of the own organisation"),
    "directory.contacts": _("sees contacts for professionals"),
    "directory.rules": _("chooses what shows at once when providers change it"),
    "people.read": _("sees who works here and what they can see"),
    "people.grant": _("invites people, gives and ends roles"),
    "people.absence": _("notes absence of colleagues"),
    "people.teams": _("makes teams and notes who knows what"),
    "people.mandates": _("notes who decides what"),
    "places.edit": _("chooses house style and address"),
    "people.break_glass": _("reads one question elsewhere in an emergency"),
    "core.read_audit": _("sees who read what"),
    "upkeep.kept": _("sees what is kept about people, and when it is erased"),
    "upkeep.hold": _("holds back erasing where the law asks for it"),
    "upkeep.register": _("keeps the register of processing and the DPIA"),
    "people.rights": _("takes out or erases what is kept about a colleague"),
    "monitor.read": _("sees the figures"),
}
