from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trenza.apps.people.models.person import Person
from trenza.core.models import Model
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class SavedView(Model):
    """How a person of the team looks at a list: its filters and order under a name, for herself or for everybody.

    `query` is what stands in the list's address. A shared one holds no words that were looked for: they may be
    somebody's name. Who opens it sees her own scope, as ever.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        **dict.fromkeys(("person", "list", "created_at", "shared_at"), PLAIN),
        # Words that she typed; what she looked for may be somebody's name.
        **dict.fromkeys(("name", "query"), PERSONAL),
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    list = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2_000, blank=True)
    created_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "list", "name"], name="people_savedview_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="people_savedview_has_a_name"),
        ]
        indexes = [models.Index(fields=["list"], condition=Q(shared_at__isnull=False), name="people_savedview_shared")]

    def __str__(self) -> str:
        # The id, not the name: she may have typed anything.
        return f"saved view {self.pk}"
