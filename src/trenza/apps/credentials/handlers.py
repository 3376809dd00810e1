"""What follows from completing a track, and from a definition that gives what was completed a credential."""

from trenza.apps.credentials.actions import issue_credentials, issue_missing, sign_credentials
from trenza.apps.credentials.events import CredentialIssued, CredentialReissued, IssuingContinued
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


@reaction("credentials.sign", CredentialIssued, CredentialReissued)
def sign(line: Line) -> None:
    """Signed as soon as it is issued; where its issuer has no key yet, once it has (`sign_due`, every minute)."""
    assert isinstance(line.event, CredentialIssued | CredentialReissued)
    sign_credentials([line.event.credential])
