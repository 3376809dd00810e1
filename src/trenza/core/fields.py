"""Model fields of ours."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from trenza.core import ids
from trenza.core.words import folded


class UUIDField(models.UUIDField):  # type: ignore[type-arg]  # generic in the stubs only
    """A UUID stored as PostgreSQL's uuid, and as 16 bytes on SQLite (Django's own takes 32 characters)."""

    def get_internal_type(self) -> str:
        return "TrenzaUUIDField"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "uuid" if connection.vendor == "postgresql" else "blob"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        return self.db_type(connection)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None:
            return None
        if not isinstance(value, UUID):
            value = self.to_python(value)
        return value if connection.vendor == "postgresql" else value.bytes

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> UUID | None:
        return UUID(bytes=bytes(value)) if isinstance(value, (bytes, memoryview)) else value

    def to_python(self, value: Any) -> UUID | None:
        if isinstance(value, (bytes, memoryview)):
            raw = bytes(value)
            if len(raw) != 16:
                raise ValidationError(
                    self.error_messages["invalid"],
                    code="invalid",
                    params={"value": raw.hex()},
                )
            return UUID(bytes=raw)
        result: UUID | None = super().to_python(value)
        return result


class IdField(UUIDField):
    """The primary key of an app's rows: a UUIDv7 that is the row's name outside too."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("primary_key", True)
        kwargs.setdefault("default", ids.new_id)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Leave out what every IdField has, so that migrations name nothing of ours but the field."""
        name, path, args, kwargs = super().deconstruct()
        for usual in ("primary_key", "default", "editable"):
            kwargs.pop(usual, None)
        return name, path, args, kwargs


class FoldedField(models.CharField):  # type: ignore[type-arg]  # generic in the stubs only
    """Other fields of the row in one text, folded, to be searched alike on every engine. Kept by `save` and
    `bulk_create`; who writes with `update` or `bulk_update`, or names `update_fields`, writes this field too."""

    def __init__(self, *, of: Sequence[str] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        for name, value in (("max_length", 500), ("editable", False), ("default", ""), ("blank", True)):
            kwargs.setdefault(name, value)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Leave out `of`: what it is made of changes no table."""
        return super().deconstruct()

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The text as of now; what does not fit is left out, so that an index can hold it."""
        text = folded(" ".join(getattr(model_instance, name) for name in self.of))[: self.max_length]
        setattr(model_instance, self.attname, text)
        return text
