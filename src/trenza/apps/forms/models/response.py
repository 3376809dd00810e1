from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.forms.models.form import Form
from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, SENSITIVE, Privacy


class Response(Model):
    """What a person answered: `answers` maps codes of questions to JSON values (see `answers.py`).

    `person` is her id without a foreign key: people stands above forms. It lives beside the journal, never in it.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "form": PLAIN,
        "person": PERSONAL,
        "answers": SENSITIVE,
        "submitted_at": PLAIN,
    }

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="responses")
    person = UUIDField(db_index=True)
    answers = models.JSONField()
    submitted_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
