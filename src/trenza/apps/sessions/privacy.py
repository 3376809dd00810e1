"""What sessions keeps about a person: where she had a place, whether she came, why she was excused, and that she walked
in. Who and what a trainer marked stays under her pseudonym."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from trenza.apps.sessions.heads import standings
from trenza.apps.sessions.models import (
    CalendarFeed,
    ExcusedReason,
    Mark,
    Session,
    SessionTrainer,
    Settlement,
    SignUp,
    WalkIn,
)
from trenza.core import clock
from trenza.core.journal import action, names_of
from trenza.core.merging import Change, changed, moved, without
from trenza.core.privacy import register_keeper


def export(person: UUID) -> dict[str, Any]:
    """Everything kept about her, for her, in the order in which it was. What marks disagree is told as it stands."""
    names = names_of([person])
    sign_ups = SignUp.objects.filter(person=person).select_related("session").order_by("at", "id")
    marks = Mark.objects.filter(person=person).order_by("moment", "device", "sequence")
    reasons = {(row.device, row.sequence): row.reason for row in ExcusedReason.objects.filter(person__in=names)}
    marked = standings({mark.session for mark in marks}, [person])
    sessions = Session.objects.in_bulk([session for session, _ in marked])
    walked = WalkIn.objects.filter(pk__in=names).select_related("session")
    given = SessionTrainer.objects.filter(person=person).select_related("session").order_by("added_at", "id")
    feeds = CalendarFeed.objects.filter(person=person).order_by("made_at")
    return {
        "calendar_addresses": list(feeds.values("made_at", "ended_at")),
        "sign_ups": [
            {"session": _told(row.session), "at": row.at, "withdrawn_at": row.withdrawn_at} for row in sign_ups
        ],
        "attendance": [
            {
                "session": _told(sessions.get(session)),
                "mark": standing.mark,
                "marks": [
                    {"mark": head.mark, "at": head.moment, "reason": reasons.get(head.identity)}
                    for head in standing.heads
                ],
            }
            for (session, _), standing in marked.items()
        ],
        "walked_in": [
            {
                "session": _told(row.session),
                "given_name": row.given_name,
                "family_name": row.family_name,
                "region": row.region,
                "age_band": row.age_band,
                "card": row.card,
                "at": row.captured_at,
            }
            for row in walked
        ],
        "gave": [
            {"session": _told(row.session), "substitute": row.substitute, "until": row.removed_at} for row in given
        ],
    }


@action
def erase(*, person: UUID) -> None:
    """Remove what describes her: why she was excused, the name that she gave at the door, the address of her calendar.
    Whether she came stays under her pseudonym, so that counts stay true."""
    names = names_of([person])
    ExcusedReason.objects.filter(person__in=names).delete()
    CalendarFeed.objects.filter(person=person).delete()
    WalkIn.objects.filter(pk__in=names).update(given_name="", family_name="")


def merge(absorbed: UUID, kept: UUID) -> Iterator[Change]:
    """Her places and what was settled of her are the kept one's; where both have a place in a session, the other is
    given up. Marks follow from the journal, and two that disagree are shown as a conflict. Her names at the door and
    why she was excused stay as they were written, under the name under which they came."""
    places = SignUp.objects.filter(withdrawn_at=None)
    yield moved(
        without(places.filter(person=absorbed), places.filter(person=kept), "session"), "person", absorbed, kept
    )
    yield moved(SignUp.objects.filter(withdrawn_at__isnull=False), "person", absorbed, kept)
    yield changed(places.filter(person=absorbed), before={"withdrawn_at": None}, after={"withdrawn_at": clock.now()})
    yield moved(Settlement.objects.all(), "person", absorbed, kept)


def register() -> None:
    """Register with core."""
    register_keeper("sessions", export=export, erase=lambda person: erase(person=person), merge=merge)


def _told(session: Session | None) -> dict[str, Any] | None:
    return {"title": session.title, "kind": session.kind, "starts_at": session.starts_at} if session else None
