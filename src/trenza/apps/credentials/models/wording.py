from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class Wording(Model):
    """What a certificate says besides whose it is: immutable, shared by all that were issued with these very words.

    A definition that changes makes another; what was printed stays true. Its id is named by its content.
    `organisations` are `{"name": …, "roles": […]}` in the order of the definition, with the id of a `logo` where they
    have one; `signers` are `{"position": …, "name": …, "organisation": …}`; `language` is a BCP 47 tag.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            "programme_name", "title", "text", "criteria", "hours", "skills", "alignments", "organisations", "signers",
            "language",
        ),
        PLAIN,
    )  # fmt: skip

    programme_name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    text = models.TextField()
    # What one does to get it; blank: the text says it.
    criteria = models.TextField(blank=True, default="")
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    skills = models.JSONField(default=list)
    # `{"name": …, "url": …, "code": …, "framework": …}`, as [[credential.alignment]] has them.
    alignments = models.JSONField(default=list)
    organisations = models.JSONField(default=list)
    signers = models.JSONField(default=list)
    language = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.title

    def those_who(self, role: str) -> list[str]:
        """The names of the organisations in this role: organiser or endorser."""
        return [each["name"] for each in self.organisations if role in each["roles"]]
