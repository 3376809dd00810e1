"""What goes down to the hub of a centre: its sessions, who gives them and who comes; and what hubs hand on of them.

What a session's people are excused for stays where it was written, and at the cell.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from trenza.apps.sessions.events import AttendanceMarked, SessionOpened, WalkInCaptured
from trenza.apps.sessions.models import Session, SessionCode, SessionTrainer, Settlement, SignUp, WalkIn, Workshop
from trenza.apps.sync.api import HubPlace, register_hub_kinds, register_hub_roster, register_hub_rows
from trenza.core import clock

BEFORE: Final = timedelta(days=120)
"""So long after a session its people are still of the centre."""
_SESSION: Final = (
    *("edition", "track", "kind", "workshop", "title", "centre", "place", "partner", "time_zone"),
    *("starts_at", "minutes", "capacity", "opened_at", "cancelled_at"),
)
_WORKSHOP: Final = (
    *("programme", "code", "name", "edition", "track", "module", "minutes", "materials", "parts"),
    *("position", "retired_at"),
)
_WALK_IN: Final = (
    *("session", "given_name", "family_name", "region", "age_band", "card", "captured_by", "captured_at"),
    *("state", "reason", "enrolment", "settled_at"),
)


def register() -> None:
    """Register with sync, from the ground up."""
    register_hub_kinds(AttendanceMarked)
    # What they make goes down as rows: a session, and a walk-in with her name.
    register_hub_kinds(SessionOpened, up_only=True)
    register_hub_kinds(WalkInCaptured, strangers=True, up_only=True)
    register_hub_roster(persons)
    register_hub_roster(walk_ins, captured=True)
    register_hub_rows("sessions.workshop", Workshop, fields=_WORKSHOP, chosen=lambda _: Workshop.objects.all())
    register_hub_rows("sessions.session", Session, fields=_SESSION, chosen=lambda place: _of(place.centre))
    register_hub_rows(
        "sessions.trainer",
        SessionTrainer,
        fields=("session", "person", "substitute", "added_at", "removed_at"),
        chosen=lambda place: SessionTrainer.objects.filter(session__in=_of(place.centre)),
    )
    register_hub_rows(
        "sessions.code",
        SessionCode,
        fields=("session", "code", "made_at"),
        chosen=lambda place: SessionCode.objects.filter(session__in=_of(place.centre)),
    )
    register_hub_rows(
        "sessions.sign_up",
        SignUp,
        fields=("session", "person", "at", "withdrawn_at"),
        chosen=lambda place: SignUp.objects.filter(session__in=_of(place.centre)),
    )
    register_hub_rows("sessions.walk_in", WalkIn, fields=_WALK_IN, chosen=_walk_ins)
    register_hub_rows(
        "sessions.settlement",
        Settlement,
        fields=("session", "person", "mark", "heads", "at"),
        chosen=lambda place: Settlement.objects.filter(session__in=_of(place.centre)),
    )


def persons(centre: UUID) -> Iterator[UUID]:
    """Who gives its sessions, had a place in one or walked in, and whoever wrote down who did. Four queries."""
    sessions = _of(centre)
    yield from SessionTrainer.objects.filter(session__in=sessions).values_list("person", flat=True).distinct()
    yield from SignUp.objects.filter(session__in=sessions).order_by().values_list("person", flat=True).distinct()
    walked_in = WalkIn.objects.filter(session__in=sessions).order_by()
    yield from walked_in.values_list("captured_by", flat=True).distinct()
    yield from walked_in.filter(enrolment__isnull=False).values_list("enrolment__person", flat=True).distinct()


def walk_ins(centre: UUID) -> Iterator[UUID]:
    """Whoever walked in and is nobody yet. One query."""
    waiting = WalkIn.objects.filter(session__in=_of(centre), state=WalkIn.State.WAITING).order_by()
    yield from waiting.values_list("pk", flat=True)


def _of(centre: UUID) -> QuerySet[Session]:
    return Session.objects.filter(centre=centre, starts_at__gte=clock.now() - BEFORE).order_by()


def _walk_ins(place: HubPlace) -> QuerySet[WalkIn]:
    return WalkIn.objects.filter(session__in=_of(place.centre)).order_by()
