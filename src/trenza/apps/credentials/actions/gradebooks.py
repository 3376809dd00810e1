"""A gradebook of a course elsewhere: kept to be looked at, confirmed, applied in portions; what nobody here matches
waits for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from trenza.apps.credentials import matching, rules
from trenza.apps.credentials.errors import AppliedAlready, DecidedAlready, NoReason, NothingToApply, NotOfHerTrack
from trenza.apps.credentials.events import GradebookConfirmed, GradebookContinued, GradeRowDismissed, GradeRowLinked
from trenza.apps.credentials.models import Gradebook, GradebookRow
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import (
    Edition,
    Enrolment,
    ExternalCourse,
    NotOfThisTrack,
    RequirementMet,
    enrolments_to_coordinate,
    meet_requirement,
)
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import action, record

MOST_ROWS: Final = 20_000
PORTION: Final = 20
"""A reaction may record 99 entries, and a row what completing a track records."""
KEPT: Final = timedelta(days=7)
WAITS: Final = timedelta(days=90)
SHORTEST_REASON: Final = 4
LONGEST_REASON: Final = 500
_AT_ONCE: Final = 400
State = GradebookRow.State
WAITING: Final = (State.UNMATCHED, State.OUTSIDE)
"""Of a gradebook that was applied: these wait for a person."""


@dataclass(frozen=True)
class NewGrade:
    """A row as it was read; `problem` says what is odd about it. `score` is of 100."""

    number: int
    name: str = ""
    email: str = ""
    score: float | None = None
    completed: bool = False
    completed_on: date | None = None
    problem: str = ""

    def has_passed(self, course: ExternalCourse) -> bool:
        """It was completed, or its score is enough where the definition says how much is."""
        enough = course.pass_score is not None and self.score is not None and self.score >= course.pass_score
        return self.completed or enough

    @property
    def said(self) -> dict[str, Any]:
        """What it says, for JSON."""
        day = self.completed_on.isoformat() if self.completed_on else ""
        found = {"name": self.name[:200], "email": self.email[:254], "score": self.score, "on": day}
        return {key: value for key, value in found.items() if value not in ("", None)}


@dataclass(frozen=True)
class NewGradebook:
    """What was uploaded, and what it is of."""

    edition: Edition
    course: ExternalCourse
    file_name: str
    rows: Sequence[NewGrade]
    notes: Sequence[str] = field(default=())


@action
def keep_gradebook(*, new: NewGradebook, by: Person) -> Gradebook:
    """Keep what was read of a file, and what would come of each row. Nothing of anybody is changed.

    Raises:
        NotAllowed: she does not coordinate in this edition.
        NotOfHerTrack: the course meets no module of a track of the edition.
        ValueError: more rows than may be kept.
    """
    rules.editions_to_exchange.require(by, new.edition)
    if not new.edition.tracks.filter(pk=new.course.module.track_id).exists():
        raise NotOfHerTrack
    if len(new.rows) > MOST_ROWS:
        raise ValueError(f"{len(new.rows)} rows")
    kept = Gradebook.objects.create(
        by=by, edition=new.edition, course=new.course, file_name=new.file_name[:120], notes=list(new.notes),
        uploaded_at=clock.now(),
    )  # fmt: skip
    GradebookRow.objects.bulk_create(_sorted(kept, new, by), batch_size=500)
    return kept


@action
def confirm_gradebook(*, gradebook: Gradebook, by: Person) -> Gradebook:
    """Apply it, from now on, as a worker comes to it. Asking again changes nothing.

    Raises:
        NotAllowed: it is not hers.
        NothingToApply: no row completes anything or waits for a person.
    """
    held = _held(gradebook, by)
    if held.confirmed_at is not None:
        return held
    ready = held.rows.filter(state=State.READY).count()
    if not ready and not held.rows.filter(state__in=WAITING).exists():
        raise NothingToApply
    held.confirmed_at = clock.now()
    held.finished_at = None if ready else held.confirmed_at
    held.save(update_fields=["confirmed_at", "finished_at"])
    record(GradebookConfirmed(gradebook=held.pk, programme=_programme(held), rows=ready), by=by.pk, about=None)
    return held


@action
def discard_gradebook(*, gradebook: Gradebook, by: Person) -> None:
    """Forget one that was not applied.

    Raises:
        NotAllowed: it is not hers.
        AppliedAlready: it was confirmed.
    """
    held = _held(gradebook, by)
    if held.confirmed_at is not None:
        raise AppliedAlready
    held.delete()


@action
def apply_portion(*, gradebook: UUID) -> int:
    """Apply the next rows of a confirmed gradebook; how many. May be called any number of times, at once too.

    Each row is judged again: a role may have ended, a track been changed since.
    """
    found = Gradebook.objects.select_for_update(of=("self",)).select_related("by", "edition", "course__module")
    held = found.filter(pk=gradebook, confirmed_at__isnull=False).first()
    if held is None:
        return 0
    rows = list(held.rows.filter(state=State.READY).select_related("enrolment").order_by("number")[:PORTION])
    hers = enrolments_to_coordinate.which(held.by).filter(pk__in=[row.enrolment_id for row in rows])
    allowed = set(hers.values_list("pk", flat=True))
    for row in rows:
        _apply(row, held, allowed)
    if held.rows.filter(state=State.READY).exists():
        record(GradebookContinued(gradebook=held.pk, programme=_programme(held)), by=held.by_id, about=None)
    elif held.finished_at is None:
        held.finished_at = clock.now()
        held.save(update_fields=["finished_at"])
    return len(rows)


@action
def link_grade_row(*, row: GradebookRow, enrolment: Enrolment, by: Person) -> GradebookRow:
    """Say that a row which matched nobody is hers: her module is met.

    Raises:
        NotAllowed: `by` may not see the row, or does not coordinate her enrolment, or it is her own.
        NotOfHerTrack: she is not enrolled in what the gradebook is of.
        DecidedAlready: somebody decided before, or the gradebook was not applied.
    """
    held = _waiting(row, by)
    of = held.gradebook
    enrolments_to_coordinate.require(by, enrolment)
    if (enrolment.edition_id, enrolment.track_id) != (of.edition_id, of.course.module.track_id):
        raise NotOfHerTrack
    held.enrolment, held.decided_at, held.decided_by = enrolment, clock.now(), by
    event = GradeRowLinked(row=held.pk, enrolment=enrolment.pk, module=of.course.module_id)
    record(event, by=by.pk, about=enrolment.person_id, edition=enrolment.edition_id)
    _settle(held, enrolment, of, by)
    return held


@action
def dismiss_grade_row(*, row: GradebookRow, reason: str, by: Person) -> GradebookRow:
    """Say that a row is nobody's here, and why.

    Raises:
        NotAllowed: `by` may not see the row.
        NoReason: the reason is too short or too long.
        DecidedAlready: somebody decided before, or the gradebook was not applied.
    """
    held = _waiting(row, by)
    words = " ".join(reason.split())
    if not SHORTEST_REASON <= len(words) <= LONGEST_REASON:
        raise NoReason
    held.state, held.reason, held.decided_at, held.decided_by = State.DISMISSED, words, clock.now(), by
    held.details = {}
    held.save(update_fields=["state", "reason", "decided_at", "decided_by", "details"])
    record(GradeRowDismissed(row=held.pk, programme=_programme(held.gradebook)), by=by.pk, about=None)
    return held


@action
def forget_old_gradebooks() -> int:
    """Remove what was never applied, and of the rest what nobody waits for, after a week; what waits after 90 days.
    How many rows."""
    now = clock.now()
    kept = ~Q(state__in=[State.READY, State.DONE])
    waits = Q(state__in=[*WAITING, State.DISMISSED], gradebook__confirmed_at__isnull=False)
    old = Q(gradebook__uploaded_at__lte=now - KEPT) & ~waits & kept
    older = Q(gradebook__uploaded_at__lte=now - WAITS) & kept
    forgotten, _by_model = GradebookRow.objects.filter(old | older).delete()
    past = Gradebook.objects.filter(uploaded_at__lte=now - KEPT)
    past.filter(confirmed_at=None).delete()
    past.exclude(file_name="", notes=[]).update(file_name="", notes=[])
    return forgotten


def _sorted(kept: Gradebook, new: NewGradebook, by: Person) -> list[GradebookRow]:
    """Every row with what would come of it."""
    track = new.course.module.track
    passed = {row.number for row in new.rows if not row.problem and row.has_passed(new.course)}
    addresses = {matching.cleaned(row.email) for row in new.rows if row.number in passed and row.email}
    persons = matching.persons_by_address(addresses)
    hers, others = matching.enrolments_of_persons(set(persons.values()), edition=new.edition, track=track, viewer=by)
    met = _met(hers, new.course)
    rows = [_row(kept, row) for row in new.rows]
    unknown = {row.digest for row, said in zip(rows, new.rows, strict=True) if said.number in passed}
    before = _seen_before(kept, sorted(unknown))
    taken: set[Any] = set()
    for row, said in zip(rows, new.rows, strict=True):
        person = persons.get(matching.cleaned(said.email))
        same = person or row.address or row.digest
        enrolment = hers.get(person) if person else None
        if said.problem:
            row.state = State.ODD
        elif said.number not in passed:
            row.state = State.NOT_PASSED
        elif same in taken:
            row.state = State.TWICE
        elif enrolment is not None:
            row.state, row.enrolment = (State.MET if enrolment.pk in met else State.READY), enrolment
        elif row.digest in before:
            row.enrolment_id = before[row.digest]
            row.state = State.MET if row.enrolment_id else State.KNOWN
        else:
            row.state = State.OUTSIDE if person in others else State.UNMATCHED
        if row.state not in (State.ODD, State.NOT_PASSED):
            taken.add(same)
    return rows


def _row(kept: Gradebook, said: NewGrade) -> GradebookRow:
    address = matching.cleaned(said.email)
    parts = [str(value) for _key, value in sorted((said.said | {"email": address}).items())]
    return GradebookRow(
        id=new_id(), gradebook=kept, number=said.number, details=said.said, problem=said.problem[:300],
        digest=matching.keyed("row", *parts), address=matching.keyed("address", address) if address else "",
    )  # fmt: skip


def _met(hers: Mapping[UUID, Enrolment], course: ExternalCourse) -> set[UUID]:
    keys = [each.pk for each in hers.values()]
    found: set[UUID] = set()
    for start in range(0, len(keys), _AT_ONCE):
        rows = RequirementMet.objects.filter(module=course.module_id, enrolment__in=keys[start : start + _AT_ONCE])
        found |= set(rows.values_list("enrolment", flat=True))
    return found


def _seen_before(kept: Gradebook, digests: Sequence[str]) -> dict[str, UUID | None]:
    """Which of these rows somebody has linked before, to which enrolment; and which wait for a person or were set aside
    (None): of the same course and edition."""
    found: dict[str, UUID | None] = {}
    of = GradebookRow.objects.filter(
        gradebook__course=kept.course_id, gradebook__edition=kept.edition_id, gradebook__confirmed_at__isnull=False
    )
    seen = of.filter(Q(state__in=[*WAITING, State.DISMISSED]) | Q(enrolment__isnull=False, decided_by__isnull=False))
    for start in range(0, len(digests), _AT_ONCE):
        rows = seen.filter(digest__in=digests[start : start + _AT_ONCE])
        found |= dict(rows.values_list("digest", "enrolment"))
    return found


def _apply(row: GradebookRow, held: Gradebook, allowed: set[UUID]) -> None:
    enrolment = row.enrolment
    if enrolment is None or enrolment.pk not in allowed:
        row.state, row.enrolment = State.OUTSIDE, None
        row.save(update_fields=["state", "enrolment"])
        return
    try:
        _settle(row, enrolment, held, held.by)
    except NotOfThisTrack:
        row.state, row.enrolment = State.UNMATCHED, None
        row.save(update_fields=["state", "enrolment"])


def _settle(row: GradebookRow, enrolment: Enrolment, of: Gradebook, by: Person) -> None:
    """Meet her module; of the row stays what is evidence."""
    is_new = meet_requirement(enrolment=enrolment, module=of.course.module, evidence=row.pk, by=by)
    row.state = State.DONE if is_new else State.MET
    row.details = {key: value for key, value in row.details.items() if key in ("score", "on")}
    row.save(update_fields=["state", "details", "enrolment", "decided_at", "decided_by"])


def _held(gradebook: Gradebook, by: Person) -> Gradebook:
    rules.gradebooks.require(by, gradebook)
    return Gradebook.objects.select_for_update(of=("self",)).select_related("edition").get(pk=gradebook.pk)


def _waiting(row: GradebookRow, by: Person) -> GradebookRow:
    rules.grade_rows.require(by, row)
    found = GradebookRow.objects.select_for_update(of=("self",))
    held = found.select_related("gradebook__edition", "gradebook__course__module").get(pk=row.pk)
    if held.state not in WAITING or held.gradebook.confirmed_at is None:
        raise DecidedAlready
    return held


def _programme(gradebook: Gradebook) -> UUID:
    programme: UUID = gradebook.edition.programme_id
    return programme
