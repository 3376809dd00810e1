"""Reads of forms."""

from uuid import UUID

from trenza.apps.forms.codes import hashed
from trenza.apps.forms.models import Draft
from trenza.core import clock


def draft_of(subject: UUID, code: str) -> Draft | None:
    """The draft of this code that still stands; None for a wrong code and an old one alike."""
    return Draft.objects.filter(code=hashed(subject, code), expires_at__gt=clock.now()).first() if code else None
