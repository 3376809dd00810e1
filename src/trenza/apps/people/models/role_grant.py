from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.apps.people.models.person import Person
from trenza.core.fields import UUIDField
from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy


class RoleGrant(Model):
    """A person has a role within a scope, until it is withdrawn.

    The scope is a kind and an id without a foreign key: the app that owns it stands above this one.
    """

    class ScopeKind(models.TextChoices):
        ALL = "all"
        ORGANISATION = "organisation"
        PROGRAMME = "programme"
        EDITION = "edition"
        REGION = "region"
        CENTRE = "centre"

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN,
        "role": PLAIN,
        "scope_kind": PLAIN,
        "scope": PLAIN,
        "granted_at": PLAIN,
        "granted_by": PLAIN,
        "withdrawn_at": PLAIN,
        "withdrawn_by": PLAIN,
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="role_grants")
    # A code of people/roles.py.
    role = models.CharField(max_length=40)
    scope_kind = models.CharField(max_length=12, choices=ScopeKind.choices)
    scope = UUIDField(null=True, blank=True)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope_kind__in=["all", "organisation", "programme", "edition", "region", "centre"]),
                name="people_role_grant_scope_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(scope_kind="all", scope__isnull=True)
                | (~models.Q(scope_kind="all") & models.Q(scope__isnull=False)),
                name="people_role_grant_scope_is_whole",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "scope_kind", "scope"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="people_role_grant_stands_once",
            ),
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=models.Q(withdrawn_at__isnull=True, scope_kind="all"),
                name="people_role_grant_everywhere_once",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_by__isnull=True) | models.Q(withdrawn_at__isnull=False),
                name="people_role_grant_withdrawn_by_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.scope_kind} {self.scope or ''}".strip()
