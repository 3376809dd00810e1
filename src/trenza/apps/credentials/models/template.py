from collections.abc import Mapping
from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.db.models import Q

from trenza.apps.credentials.certificate.labels import primary_of
from trenza.apps.credentials.models.wording import Wording
from trenza.apps.programmes.api import Module, Programme, Track
from trenza.apps.sessions.api import Workshop
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy

_OF_A_TRACK: Final = Q(module__isnull=True) | Q(workshop__isnull=True)
_WHOLE: Final = Q(module__isnull=True, workshop__isnull=True)


class TemplateQuerySet(models.QuerySet["CredentialTemplate"]):
    def current(self) -> "TemplateQuerySet":
        """Those that the latest definition still names."""
        return self.filter(retired_at=None)


class CredentialTemplate(Model):
    """A credential that can be earned, as the definition describes it; a row of the definition.

    It is given for completing `track`, for meeting `module` of it, or for attending `workshop` in it; or, once for each
    person, for completing a track of `level`, or one that people in `role` (trainer, mentor) take. `next` is a sentence
    for her on what it opens.

    `wording` is what certificates issued from now on say, in the programme's first language; `translations` say it in
    others, one in each. Left out of a later definition it is retired: none is issued
    any more, and those that were stay valid.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("programme", "track", "module", "workshop", "level", "role", "wording", "translations"),
            *("code", "valid_months", "next", "calls", "position", "retired_at"),
        ), PLAIN
    )  # fmt: skip

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="credential_templates")
    track = models.ForeignKey(
        Track, on_delete=models.PROTECT, null=True, blank=True, related_name="credential_templates"
    )
    module = models.ForeignKey(Module, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=12, blank=True, default="")
    role = models.CharField(max_length=8, blank=True, default="")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    translations = models.ManyToManyField(Wording, related_name="+")
    code = models.CharField(max_length=60)
    # For how long what is issued from now on holds; null: for good.
    valid_months = models.PositiveSmallIntegerField(null=True, blank=True)
    # What follows from it, in her words; and the codes of the calls that are for whoever has it.
    next = models.TextField(blank=True, default="")
    calls = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="credentials_template_code_once"),
            models.CheckConstraint(
                condition=Q(_OF_A_TRACK, track__isnull=False, level="", role="")
                | Q(_WHOLE, track__isnull=True, level__in=["basic", "intermediate", "advanced"], role="")
                | Q(_WHOLE, track__isnull=True, level="", role__in=["trainer", "mentor"]),
                name="credentials_template_for_one_thing",
            ),
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
