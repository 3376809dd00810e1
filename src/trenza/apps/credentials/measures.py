"""Pseudonymous facts for impact: what happened, where, on which day; never about whom."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from trenza.apps.credentials.models import Credential
from trenza.apps.programmes.api import Track
from trenza.core.facts import Count, count


def count_certificates(programme: UUID, starts: Sequence[datetime]) -> list[Count]:
    """How many credentials for completed tracks of the programme hold, by edition, region and period of issue; see
    `core.facts.count`.

    What was revoked or superseded is not counted, from that moment on; what a trainer has for her training never is.
    """
    of_tracks = Q(template__track__isnull=False, template__module=None, template__workshop=None)
    standing = Credential.objects.filter(
        of_tracks, enrolment__edition__programme=programme, revoked_at=None, superseded_at=None
    )
    held = standing.exclude(enrolment__track__in=Track.objects.of_trainers().order_by().values("pk"))
    return count(
        held,
        at="issued_at",
        edition="enrolment__edition",
        region="enrolment__region",
        synthetic="person__synthetic",
        starts=starts,
    )
