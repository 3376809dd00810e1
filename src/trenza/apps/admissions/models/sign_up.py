from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.admissions.models.call import Call
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, Region
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class SignUp(Model):
    """She enrolled by an open call, and holds one of its seats where they are limited."""

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("call", "person", "region", "enrolment", "signed_up_at"), PLAIN
    )

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sign_ups")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="+")
    signed_up_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["call", "person"], name="admissions_sign_up_once"),)

    def __str__(self) -> str:
        return f"sign-up {self.pk}"
