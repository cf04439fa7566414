"""A model field that holds people's text, encrypted."""

import logging
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext

from . import crypto

NO_PLACE = ""
"""What a model declares as `sealing_place` when its texts belong to no municipality: they lie under the ring itself."""

log = logging.getLogger("naast.core.keys")


class Sealed(bytes):
    """Bytes as they lie in the database, not opened yet."""


class Unreadable(str):
    """Stands where a text stood that cannot be opened any more. Saved again, its bytes stay as they lie."""

    sealed: bytes

    def __new__(cls, words: str, sealed: bytes) -> "Unreadable":
        """Show these words; remember what lies in the database."""
        made = super().__new__(cls, words)
        made.sealed = bytes(sealed)
        return made

    def __str__(self) -> str:
        return self


def words_instead() -> str:
    """Return what people read where a text stood that cannot be opened any more."""
    return gettext("This text can no longer be read.")


def is_unreadable(text: object) -> bool:
    """Tell whether this stands for a text that nobody can open any more."""
    return isinstance(text, Unreadable)


class _Opened:
    """Attribute of a record: opens the text at the first look, and takes plain text."""

    def __init__(self, field: "EncryptedTextField") -> None:
        self.field = field

    def __get__(self, record: models.Model | None, owner: type) -> Any:
        if record is None:
            return self
        value = record.__dict__.get(self.field.attname, "")
        if isinstance(value, models.DEFERRED.__class__) and value is models.DEFERRED:
            return value
        if self.field.attname not in record.__dict__ and record.pk is not None and not record._state.adding:
            record.refresh_from_db(fields=[self.field.attname])
            value = record.__dict__[self.field.attname]
        if isinstance(value, Sealed):
            value = self.field.opened(record, value) if value else ""
            record.__dict__[self.field.attname] = value
        return value

    def __set__(self, record: models.Model, value: Any) -> None:
        record.__dict__[self.field.attname] = "" if value is None else value


class EncryptedTextField(models.BinaryField):
    """Text encrypted at rest. The record needs a UUID made before saving (`core.models.UuidModel`).

    Its model says in `sealing_place` under whose key: the way to a place's id, as queries write it (`thread__place_id`),
    or NO_PLACE. A text that cannot be opened any more shows one line that says so; with `for_programs` (an address, a
    plan as JSON) it reads as empty. It refuses to be searched: there is nothing to compare. `values()` gives the sealed
    bytes.
    """

    def __init__(self, *args: Any, for_programs: bool = False, **kwargs: Any) -> None:
        kwargs["editable"] = False
        kwargs.setdefault("default", b"")
        self.for_programs = for_programs
        super().__init__(*args, **kwargs)

    def bound_to(self, record: models.Model) -> dict[str, Any]:
        """Return what the text is bound to: model, record, field."""
        return {"model": record._meta.label_lower, "record_id": record.pk, "field": self.attname}

    def opened(self, record: models.Model, sealed: bytes) -> str:
        """Return the text, or what stands for it where its key is gone or a byte was changed; then one line is logged."""
        try:
            return crypto.decrypt(sealed, **self.bound_to(record))
        except crypto.Unreadable as reason:
            log.warning("%s.%s cannot be read: %s", record._meta.label, self.attname, reason)
            return Unreadable("" if self.for_programs else words_instead(), sealed)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Put the opening attribute on the model."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opened(self))

    def get_default(self) -> Any:
        """A new record's text is empty."""
        return ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Wrap what the database gave; it is opened only when looked at."""
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Seal the text for this record; what was never opened, or cannot be, stays as it lies."""
        value = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, Sealed):
            return bytes(value)
        if isinstance(value, Unreadable):
            return value.sealed
        return self.sealed(model_instance, value) if value else b""

    def sealed(self, record: models.Model, text: str) -> bytes:
        """Return the text sealed for this record under its place's key, or under the ring where it has no place."""
        from .keys import actions

        place_id = place_of(record)
        if place_id is None:
            return crypto.encrypt(text, **self.bound_to(record))
        return crypto.encrypt_for_place(text, actions.for_writing(place_id), **self.bound_to(record))

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every look-up but 'is empty'."""
        if lookup_name not in ("isnull",):
            raise TypeError("Encrypted text cannot be searched.")
        return super().get_lookup(lookup_name)


def sealing_path(model: type[models.Model]) -> str | None:
    """Return a model's declared way to its place's id, NO_PLACE, or None where it declares nothing."""
    declared: str | None = getattr(model, "sealing_place", None)
    return declared


def place_of(record: models.Model) -> UUID | None:
    """Return the id of the place whose key seals this record's texts; None for none."""
    path = sealing_path(type(record))
    if not path:
        return None
    value: Any = record
    for name in path.split("__"):
        value = getattr(value, name) if value is not None else None
    return None if value is None else UUID(str(value))
