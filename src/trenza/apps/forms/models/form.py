import json
from collections.abc import Mapping
from functools import lru_cache
from typing import ClassVar

from django.db import models

from trenza.apps.forms.definition.sections import FormDefinition
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Form(Model):
    """A questionnaire of a programme (named by its code: forms knows no programmes), as its definition has it now."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "programme": PLAIN,
        "code": PLAIN,
        "title": PLAIN,
        "definition": PLAIN,
    }

    programme = models.CharField(max_length=80)
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    definition = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="forms_form_code")]

    def __str__(self) -> str:
        return self.title

    @property
    def questionnaire(self) -> FormDefinition:
        """The definition, read; once for all rows and requests that have the same. Nothing of it can be changed."""
        kept: tuple[object, FormDefinition] | None = vars(self).get("_read")
        if kept is None or kept[0] is not self.definition:
            kept = vars(self)["_read"] = (self.definition, _read(json.dumps(self.definition)))
        return kept[1]


@lru_cache(maxsize=64)
def _read(text: str) -> FormDefinition:
    return FormDefinition.model_validate_json(text, strict=False)  # not strict: JSON has lists where it has tuples
