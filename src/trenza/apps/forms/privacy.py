"""What forms keeps about a person: her answers, and what she has begun while she was signed in.

A draft of somebody who was not is nobody's that we know; it is removed after thirty days.
"""

from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from trenza.apps.forms.models import Draft, Response
from trenza.core.journal import action
from trenza.core.merging import Change, moved
from trenza.core.privacy import register_keeper


def export(person: UUID) -> list[dict[str, Any]]:
    """Everything she answered, for her, the newest first; then what she has begun."""
    responses = Response.objects.filter(person=person).select_related("form").order_by("-submitted_at", "-id")
    drafts = Draft.objects.filter(person=person).order_by("-changed_at", "-id")
    return [
        {"form": response.form.title, "submitted_at": response.submitted_at, "answers": response.answers}
        for response in responses
    ] + [{"begun": True, "changed_at": draft.changed_at, "answers": _typed(draft)} for draft in drafts]


@action
def erase(*, person: UUID) -> None:
    """Remove her answers, and what she has begun; that there was a response stays."""
    Draft.objects.filter(person=person).delete()
    Response.objects.filter(person=person).update(answers={})


def merge(absorbed: UUID, kept: UUID) -> list[Change]:
    """What she answered, and began to answer, under either name is hers."""
    return [moved(rows, "person", absorbed, kept) for rows in (Response.objects.all(), Draft.objects.all())]


def _typed(draft: Draft) -> dict[str, list[str]]:
    return parse_qs(draft.typed)


def register() -> None:
    """Register with core."""
    register_keeper("forms", export=export, erase=lambda person: erase(person=person), merge=merge)
