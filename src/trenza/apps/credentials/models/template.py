from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from django.db import models

from trenza.apps.credentials.certificate.labels import primary_of
from trenza.apps.credentials.models.wording import Wording
from trenza.apps.programmes.api import Programme, Track
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class TemplateQuerySet(models.QuerySet["CredentialTemplate"]):
    def current(self) -> "TemplateQuerySet":
        """Those that the latest definition still names."""
        return self.filter(retired_at=None)


class CredentialTemplate(Model):
    """The credential that completing a track gives, as the definition describes it; a row of the definition.

    `wording` is what certificates issued from now on say, in the programme's first language; `translations` say it in
    others, one in each. Left out of a later definition it is retired: none is issued
    any more, and those that were stay valid.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        ("programme", "track", "wording", "translations", "code", "valid_months", "position", "retired_at"), PLAIN
    )

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="credential_templates")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="credential_templates")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    translations = models.ManyToManyField(Wording, related_name="+")
    code = models.CharField(max_length=60)
    # For how long what is issued from now on holds; null: for good.
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="credentials_template_code_once"),
        ]

    def __str__(self) -> str:
        return self.code

    def wording_in(self, language: str) -> UUID:
        """Which wording a woman of this language (a BCP 47 tag) gets: hers where there is one, else the first."""
        primary = primary_of(language)
        first: UUID = self.wording_id
        written = {each.language: each.pk for each in self.translations.all()}
        close = (pk for tag, pk in written.items() if primary_of(tag) == primary)
        return written.get(language) or next(close, first)
