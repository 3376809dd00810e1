"""What forms keeps about a person: her answers."""

from typing import Any
from uuid import UUID

from trenza.apps.forms.models import Response
from trenza.core.journal import action
from trenza.core.merging import Change, moved
from trenza.core.privacy import register_keeper


def export(person: UUID) -> list[dict[str, Any]]:
    """Everything she answered, for her, the newest first."""
    responses = Response.objects.filter(person=person).select_related("form").order_by("-submitted_at", "-id")
    return [
        {"form": response.form.title, "submitted_at": response.submitted_at, "answers": response.answers}
        for response in responses
    ]


@action
def erase(*, person: UUID) -> None:
    """Remove her answers; that there was a response stays."""
    Response.objects.filter(person=person).update(answers={})


def merge(absorbed: UUID, kept: UUID) -> list[Change]:
    """What she answered under either name is hers."""
    return [moved(Response.objects.all(), "person", absorbed, kept)]


def register() -> None:
    """Register with core."""
    register_keeper("forms", export=export, erase=lambda person: erase(person=person), merge=merge)
