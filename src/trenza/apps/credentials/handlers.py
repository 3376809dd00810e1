"""What follows from completing a track, and from a definition that gives what was completed a credential."""

from collections.abc import Sequence

from trenza.apps.credentials import overdue
from trenza.apps.credentials.actions import issue_credentials, issue_missing, issue_portion, sign_credentials
from trenza.apps.credentials.events import (
    CredentialIssued,
    CredentialReissued,
    IssuingContinued,
    IssuingPortionDone,
    IssuingResumed,
    IssuingStarted,
)
from trenza.apps.credentials.models import Credential
from trenza.apps.programmes.api import Enrolment
from trenza.apps.programmes.events import DefinitionLoaded, TrackCompleted
from trenza.core.journal import Line, reaction


@reaction("credentials.issue", TrackCompleted)
def issue(line: Line) -> None:
    """Her credentials bear the day on which she completed, however late a worker comes to it."""
    assert isinstance(line.event, TrackCompleted)
    enrolment = Enrolment.objects.select_related("person").get(pk=line.event.enrolment)
    issue_credentials(enrolment=enrolment, issued_at=line.happened_at)


@reaction("credentials.issue_missing", DefinitionLoaded, IssuingContinued)
def issue_to_earlier(line: Line) -> None:
    """Who completed before her template came gets hers too, a portion at a time."""
    assert isinstance(line.event, DefinitionLoaded | IssuingContinued)
    issue_missing(programme=line.event.programme)


def _not_signed(lines: Sequence[Line]) -> Sequence[Line]:
    """Those that no run has signed already."""
    asked = [line.event.credential for line in lines if isinstance(line.event, CredentialIssued | CredentialReissued)]
    due = set(Credential.objects.filter(overdue.DUE, pk__in=asked).values_list("pk", flat=True))
    return [line for line in lines if getattr(line.event, "credential", None) in due]


@reaction("credentials.sign", CredentialIssued, CredentialReissued, select=_not_signed)
def sign(line: Line) -> None:
    """Signed as soon as it is issued; where its issuer has no key yet, once it has (`sign_due`, every minute)."""
    assert isinstance(line.event, CredentialIssued | CredentialReissued)
    sign_credentials([line.event.credential])


@reaction("credentials.issue_to_many", IssuingStarted, IssuingResumed, IssuingPortionDone)
def issue_to_many(line: Line) -> None:
    """The next portion of what somebody has issued to many."""
    assert isinstance(line.event, IssuingStarted | IssuingResumed | IssuingPortionDone)
    issue_portion(run=line.event.run, turn=line.event.turn)
