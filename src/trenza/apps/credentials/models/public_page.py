from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.credentials.codes import LENGTH
from trenza.apps.people.api import Person
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class PublicPage(Model):
    """The page on which whoever has its secret code sees the credentials that she chose; without a row she has none.

    To close it is to delete it: its code leads nowhere from then on, and another page has another code.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {"person": PLAIN, "code": PERSONAL, "opened_at": PLAIN}

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=LENGTH, unique=True)
    opened_at = models.DateTimeField()
