"""A model field that holds people's text, encrypted."""

from typing import Any

from django.db import models

from . import crypto


class Sealed(bytes):
    """Bytes as they lie in the database, not opened yet."""


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
            value = crypto.decrypt(value, **self.field.bound_to(record)) if value else ""
            record.__dict__[self.field.attname] = value
        return value

    def __set__(self, record: models.Model, value: Any) -> None:
        record.__dict__[self.field.attname] = "" if value is None else value


class EncryptedTextField(models.BinaryField):
    """Text encrypted at rest. The record needs a UUID made before saving (`core.models.UuidModel`).

    It refuses to be searched: there is nothing to compare. `values()` gives the sealed bytes.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["editable"] = False
        kwargs.setdefault("default", b"")
        super().__init__(*args, **kwargs)

    def bound_to(self, record: models.Model) -> dict[str, Any]:
        """Return what the text is bound to: model, record, field."""
        return {"model": record._meta.label_lower, "record_id": record.pk, "field": self.attname}

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
        """Seal the text for this record; what was never opened stays as it lies."""
        value = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, Sealed):
            return bytes(value)
        return crypto.encrypt(value, **self.bound_to(model_instance)) if value else b""

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every look-up but 'is empty'."""
        if lookup_name not in ("isnull",):
            raise TypeError("Encrypted text cannot be searched.")
        return super().get_lookup(lookup_name)
