from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, SENSITIVE, Privacy


class Draft(Model):
    """What somebody has begun to write for a `subject` (a call: forms knows none) and has not handed in.

    It is nobody's but hers who has the code; a keyed hash of it is kept, so nobody who reads this table can resume one.
    `typed` is as a page sent it, right or wrong (application/x-www-form-urlencoded). `person` is who was signed in.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("subject", "code", "changed_at", "expires_at"), PLAIN),
        "person": PERSONAL,
        "typed": SENSITIVE,
    }

    subject = UUIDField()
    code = models.CharField(max_length=64, unique=True)
    person = UUIDField(null=True, blank=True, db_index=True)
    typed = models.TextField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)
