"""What accompaniment keeps about a person: who tried to reach her, and what was written down of it; and what a trainer
asked, with the answers to her."""

from typing import Any
from uuid import UUID

from trenza.apps.accompaniment.models import Attempt, AttemptNote, Inquiry
from trenza.core.journal import action, names_of
from trenza.core.privacy import register_keeper


def export(person: UUID) -> dict[str, Any]:
    """All of it, for her, the oldest first."""
    notes = {(row.device, row.sequence): row.text for row in AttemptNote.objects.filter(person__in=names_of([person]))}
    attempts = Attempt.objects.filter(person=person).order_by("moment", "device", "sequence")
    asked = Inquiry.objects.filter(asked_by=person).prefetch_related("replies").order_by("asked_at", "id")
    return {
        "contact_attempts": [
            {
                **{name: getattr(row, name) for name in ("channel", "outcome", "call_back_on", "moment")},
                "note": notes.get((row.device, row.sequence), ""),
            }
            for row in attempts
        ],
        "inquiries": [
            {
                **{name: getattr(row, name) for name in ("category", "text", "asked_at")},
                "replies": [{"text": reply.text, "at": reply.at} for reply in row.replies.all()],
            }
            for row in asked
        ],
    }


@action
def erase(*, person: UUID) -> None:
    """Remove what was written about her, and what she wrote. That somebody tried to reach her, and that she asked,
    stays under her pseudonym; so do answers that help others."""
    AttemptNote.objects.filter(person__in=names_of([person])).delete()
    Inquiry.objects.filter(asked_by=person).update(text="")


def register() -> None:
    """Register with core."""
    register_keeper("accompaniment", export=export, erase=lambda person: erase(person=person))
