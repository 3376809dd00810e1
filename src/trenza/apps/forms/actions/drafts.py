"""Keep what she has begun, find it again, let it go. No entry tells of it: she has not handed in anything."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from trenza.apps.forms.codes import hashed
from trenza.apps.forms.models import Draft
from trenza.core import clock
from trenza.core.bulk import put
from trenza.core.errors import DomainError
from trenza.core.journal import action

KEPT: Final = timedelta(days=30)
"""So long after its last change a draft stands."""
MOST_TYPED: Final = 20_000
_SWEPT_AT_ONCE: Final = 200


class TooLong(DomainError):
    """More was typed than any form of ours asks for."""


@action
def keep_draft(*, subject: UUID, code: str, typed: str, person: UUID | None = None) -> Draft:
    """Keep what she typed under her code, in place of what was there. One row, one write.

    Raises:
        TooLong: see there.
    """
    if len(typed) > MOST_TYPED:
        raise TooLong
    now = clock.now()
    draft = Draft(
        subject=subject, code=hashed(subject, code), typed=typed, person=person, changed_at=now, expires_at=now + KEPT
    )
    if put(draft, key=["code"]):  # who begins sweeps a little, so that none stays where nobody clears up
        sweep_drafts(most=_SWEPT_AT_ONCE)
    return draft


@action
def discard_draft(*, subject: UUID, code: str) -> None:
    """It was handed in, or she begins anew."""
    Draft.objects.filter(code=hashed(subject, code)).delete()


@action
def sweep_drafts(*, most: int = 10_000) -> int:
    """Remove those that nobody has gone on with for thirty days; how many."""
    over = Draft.objects.filter(expires_at__lte=clock.now()).order_by("expires_at")[:most]
    return Draft.objects.filter(pk__in=[draft.pk for draft in over.only("pk")]).delete()[0]
