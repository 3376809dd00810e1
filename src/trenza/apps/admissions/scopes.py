"""Whom admissions connects with scopes: applicants, for who may read people within a scope."""

from django.db.models import QuerySet

from trenza.apps.admissions import rules
from trenza.apps.admissions.models import Application
from trenza.apps.people.api import Reach, register_persons_within


def register() -> None:
    """Applicants are seen by who reaches their application."""
    register_persons_within("admissions.applications", _applicants)


def _applicants(reach: Reach) -> QuerySet[Application]:
    return Application.objects.filter(rules.applications_within(reach))
