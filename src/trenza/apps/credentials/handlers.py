"""What follows from completing a track or meeting a module, and from a definition that gives these a credential."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from trenza.apps.credentials import overdue
from trenza.apps.credentials.actions import (
    Signer,
    apply_portion,
    issue_credentials,
    issue_for_module,
    issue_for_workshop,
    issue_missing,
    issue_portion,
    sign_credentials,
)
from trenza.apps.credentials.earning import attended, templates_for_track
from trenza.apps.credentials.events import (
    CredentialIssued,
    CredentialReissued,
    DisclosureChanged,
    GradebookConfirmed,
    GradebookContinued,
    IssuingContinued,
    IssuingPortionDone,
    IssuingResumed,
    IssuingStarted,
)
from trenza.apps.credentials.models import Credential, CredentialTemplate
from trenza.apps.programmes.api import Enrolment
from trenza.apps.programmes.events import DefinitionLoaded, Enrolled, RequirementFulfilled, TrackCompleted
from trenza.apps.sessions.api import Workshop, who_came
from trenza.apps.sessions.events import AttendanceMarked, AttendanceSettled
from trenza.core.journal import Line, bulk_reaction, reaction

_ATTENDED = (AttendanceMarked, AttendanceSettled, Enrolled)


def _with_templates(lines: Sequence[Line]) -> Sequence[Line]:
    """Those about modules that give a credential of their own: few do. One query."""
    given = set(CredentialTemplate.objects.current().filter(module__isnull=False).values_list("module", flat=True))
    return [each for each in lines if isinstance(each.event, RequirementFulfilled) and each.event.module in given]


@bulk_reaction("credentials.issue", TrackCompleted)
def issue_of_track(lines: Sequence[Line]) -> Callable[[Line], None]:
    """Her credentials bear the day on which she completed, however late a worker comes to it."""
    templates: dict[UUID, QuerySet[CredentialTemplate]] = {}  # each is asked once, and keeps its answer

    def issue(line: Line) -> None:
        assert isinstance(line.event, TrackCompleted)
        enrolment = Enrolment.objects.select_related("person", "track").get(pk=line.event.enrolment)
        if enrolment.track_id not in templates:
            templates[enrolment.track_id] = templates_for_track(enrolment.track)
        issue_credentials(enrolment=enrolment, templates=templates[enrolment.track_id], issued_at=line.happened_at)

    return issue


def _of_workshops(lines: Sequence[Line]) -> Sequence[Line]:
    """Those about persons who came to a workshop that gives a credential: marked there, or enrolled after it."""
    workshops = _given_workshops()
    if not workshops:
        return []
    persons = {each.person for each in lines if each.person}
    came = {person for workshop in workshops for person in who_came(workshop.pk, persons)}
    return [each for each in lines if each.person in came]


def _given_workshops() -> list[Workshop]:
    given = CredentialTemplate.objects.current().filter(workshop__isnull=False)
    return list(Workshop.objects.filter(pk__in=given.order_by().values("workshop")).order_by("pk"))


@bulk_reaction("credentials.issue_for_module", RequirementFulfilled, select=_with_templates)
def issue_of_module(_lines: Sequence[Line]) -> Callable[[Line], None]:
    """A module's credential bears the day on which she met it."""

    def issue(line: Line) -> None:
        assert isinstance(line.event, RequirementFulfilled)
        enrolment = Enrolment.objects.select_related("person").get(pk=line.event.enrolment)
        issue_for_module(enrolment=enrolment, module=line.event.module, issued_at=line.happened_at)

    return issue


@bulk_reaction("credentials.issue_for_workshop", *_ATTENDED, select=_of_workshops)
def issue_of_workshop(lines: Sequence[Line]) -> Callable[[Line], None]:
    """Who came to a workshop has what it gives, from the day of the workshop on; a mark that is corrected later takes
    nothing back."""
    persons = {each.person for each in lines if each.person}
    earned: dict[UUID, list[tuple[Enrolment, UUID, datetime]]] = {}
    for workshop in _given_workshops():
        for enrolment, at in attended(workshop, persons):
            earned.setdefault(enrolment.person_id, []).append((enrolment, workshop.pk, at))

    def issue(line: Line) -> None:
        for enrolment, workshop, at in earned.get(line.person, []) if line.person else []:
            issue_for_workshop(enrolment=enrolment, workshop=workshop, issued_at=at)

    return issue


@reaction("credentials.issue_missing", DefinitionLoaded, IssuingContinued)
def issue_to_earlier(line: Line) -> None:
    """Who completed before her template came gets hers too, a portion at a time."""
    assert isinstance(line.event, DefinitionLoaded | IssuingContinued)
    issue_missing(programme=line.event.programme)


def _not_signed(lines: Sequence[Line]) -> Sequence[Line]:
    """Those that no run has signed already."""
    kinds = CredentialIssued | CredentialReissued | DisclosureChanged
    asked = [line.event.credential for line in lines if isinstance(line.event, kinds)]
    due = set(Credential.objects.filter(overdue.DUE, pk__in=asked).values_list("pk", flat=True))
    return [line for line in lines if getattr(line.event, "credential", None) in due]


@bulk_reaction("credentials.sign", CredentialIssued, CredentialReissued, DisclosureChanged, select=_not_signed)
def sign(_lines: Sequence[Line]) -> Callable[[Line], None]:
    """Signed as soon as it is issued or she chooses otherwise what it says; where its issuer has no key yet, once it
    has (`sign_due`, every minute)."""
    signer = Signer()

    def sign(line: Line) -> None:
        assert isinstance(line.event, CredentialIssued | CredentialReissued | DisclosureChanged)
        sign_credentials([line.event.credential], signer)

    return sign


@reaction("credentials.gradebook", GradebookConfirmed, GradebookContinued)
def apply_gradebook(line: Line) -> None:
    """The rows of a confirmed gradebook, a portion at a time, each of which is one transaction."""
    assert isinstance(line.event, GradebookConfirmed | GradebookContinued)
    apply_portion(gradebook=line.event.gradebook)


@reaction("credentials.issue_to_many", IssuingStarted, IssuingResumed, IssuingPortionDone)
def issue_to_many(line: Line) -> None:
    """The next portion of what somebody has issued to many."""
    assert isinstance(line.event, IssuingStarted | IssuingResumed | IssuingPortionDone)
    issue_portion(run=line.event.run, turn=line.event.turn)
