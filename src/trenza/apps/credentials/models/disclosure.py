from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.credentials.models.credential import Credential
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class Disclosure(Model):
    """What she lets others see of a credential of hers; without a row her whole name, and nothing besides.

    `name` is how its public page names her, `identity` how the signed credential does: who shows only her initials has
    no plain name in it. `evidence` are `{"name": …, "url": …}` that she entered herself; others see them while
    `evidence_shown`. `listed`: it stands on her public page while she has one.
    """

    class Name(models.TextChoices):
        FULL = "full"
        INITIALS = "initials"

    class Identity(models.TextChoices):
        PLAIN = "plain"
        HASHED = "hashed"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("credential", "name", "identity", "evidence_shown", "listed", "changed_at"), PLAIN),
        "evidence": PERSONAL,
    }

    credential = models.OneToOneField(Credential, on_delete=models.PROTECT, related_name="disclosure")
    name = models.CharField(max_length=8, choices=Name, default=Name.FULL)
    identity = models.CharField(max_length=6, choices=Identity, default=Identity.PLAIN)
    evidence = models.JSONField(default=list, blank=True)
    evidence_shown = models.BooleanField(default=False)
    listed = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(name="full") | Q(identity="hashed"), name="credentials_disclosure_initials_are_hashed"
            ),
        )
