"""Whom sessions connect with a scope, for the list of people."""

from django.db.models import QuerySet

from trenza.apps.people.api import Reach, register_persons_within
from trenza.apps.sessions.models import Session, SignUp
from trenza.apps.sessions.rules import within


def register() -> None:
    """Who has or had a place in a session within reach."""
    register_persons_within("sessions.sign_ups", _signed_up)


def _signed_up(reach: Reach) -> QuerySet[SignUp]:
    return SignUp.objects.filter(session__in=Session.objects.filter(within(reach)).values("pk"))
