from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from trenza.core.fields import FoldedField
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class Person(Model):
    """A human being: a learner, a trainer, a coordinator. Her ways to sign in are accounts."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("Woman")
        MALE = "male", _("Man")
        OTHER = "other", _("Other")

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "given_name": PERSONAL,
        "family_name": PERSONAL,
        "certificate_name": PERSONAL,
        "search_text": PERSONAL,
        "birth_date": PERSONAL,
        "sex": PERSONAL,
        "country": PERSONAL,
        "language": PERSONAL,
        "synthetic": PLAIN,
        "registered_at": PLAIN,
    }

    given_name = models.CharField(max_length=120)
    # Blank for who has one name only.
    family_name = models.CharField(max_length=120, blank=True)
    # As she wants it printed; blank means given and family name.
    certificate_name = models.CharField(max_length=200, blank=True)
    # Her names without accents and case: by this she is found, and lists are ordered.
    search_text = FoldedField(of=("given_name", "family_name", "certificate_name"))
    birth_date = models.DateField(null=True, blank=True)
    # Blank where she was not asked or would rather not say.
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    # ISO 3166-1 alpha-2, in capitals.
    country = models.CharField(max_length=2, blank=True, validators=[RegexValidator(r"^[A-Z]{2}$")])
    # BCP 47.
    language = models.CharField(max_length=20, default="es")
    # Made by the simulator or for a demonstration: never counted with real people, never written to.
    synthetic = models.BooleanField(default=False)
    registered_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sex__in=["", "female", "male", "other"]), name="people_person_sex_is_known"
            ),
            models.CheckConstraint(condition=~models.Q(given_name=""), name="people_person_has_a_name"),
        ]
        indexes = [
            # Who was born on the same day may be the same.
            models.Index(fields=["birth_date", "id"], name="people_person_born"),
            models.Index(fields=["registered_at", "id"], name="people_person_registered"),
            # With the id, so that a search reads the index and not the rows.
            models.Index(fields=["search_text", "id"], name="people_person_search_text"),
        ]

    def __str__(self) -> str:
        # The id, not the name: this text ends in logs, tracebacks and audit trails.
        return f"person {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Where a name is written, what she is found by is too."""
        written = kwargs.get("update_fields")
        if written is not None and {"given_name", "family_name", "certificate_name"} & set(written):
            kwargs["update_fields"] = {*written, "search_text"}
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def name_on_certificate(self) -> str:
        """The name that is printed on what she earns."""
        return self.certificate_name or self.name
