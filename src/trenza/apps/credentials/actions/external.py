"""Certificates of courses elsewhere: handed in, verified by their signature, or decided by a person with a reason."""

import hashlib
from datetime import timedelta
from typing import Final

from trenza.apps.credentials import external_files, judging, rules
from trenza.apps.credentials.errors import (
    DecidedAlready,
    GivenAlready,
    MetAlready,
    NoReason,
    NotOfHerTrack,
    TooManyFiles,
)
from trenza.apps.credentials.events import ExternalAdded, ExternalConfirmed, ExternalRefused, ExternalVerified
from trenza.apps.credentials.models import ExternalCredential
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import (
    Enrolment,
    ExternalCourse,
    RequirementMet,
    meet_requirement,
)
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import action, record

MOST_WAITING: Final = 6
MOST: Final = 30
"""Of one person, for good: each is a file that somebody has to look at."""
SHORTEST_REASON: Final = 4
LONGEST_REASON: Final = 500
FILE_KEPT: Final = timedelta(days=90)
_PORTION: Final = 200
State = ExternalCredential.State


def add_external(*, enrolment: Enrolment, course: ExternalCourse, content: bytes, by: Person) -> ExternalCredential:
    """Hand in a certificate of a course elsewhere, for the module that the course meets.

    Where its signature is enough the module is met at once; else it waits for a person. The file is judged and written
    before the transaction, and goes again where that comes to nothing.

    Raises:
        NotAllowed: it is neither her own enrolment nor one that `by` accompanies.
        FileRefused: `.why` says why the file is not taken.
        NotOfHerTrack: the course meets no module of her track.
        MetAlready: the module is met.
        GivenAlready: this very file was handed in for it before.
        TooManyFiles: as many wait, or were handed in, as are taken.
    """
    rules.enrolments_to_add_to.require(by, enrolment)
    kind = external_files.kind_of(content)
    _ensure_open(enrolment, course)
    finding = judging.judge(content, enrolment, course)
    kept = external_files.harmless(content, kind)
    row = ExternalCredential(
        id=new_id(), enrolment=enrolment, person_id=enrolment.person_id, course=course, added_by=by,
        added_at=clock.now(), kind=kind, size=len(kept), digest=hashlib.sha256(content).hexdigest(),
        finding=judging.as_json(finding),
    )  # fmt: skip
    external_files.keep(row.pk, kept)
    try:
        return _add(row=row, is_enough=finding.is_enough, by=by)
    except BaseException:
        external_files.forget([row.pk])
        raise


@action
def confirm_external(*, external: ExternalCredential, reason: str, by: Person) -> ExternalCredential:
    """Say, having looked at it, that it counts: the module that it is for is met.

    Raises:
        NotAllowed: `by` does not coordinate her enrolment, or it is her own.
        NoReason: the reason is too short or too long.
        DecidedAlready: somebody decided before.
        NotOfHerTrack: she is in another track by now.
    """
    held = _decided(external, State.CONFIRMED, reason, by)
    enrolment = _standing(held.enrolment)
    if held.course.module.track_id != enrolment.track_id:
        raise NotOfHerTrack
    _record(ExternalConfirmed, held, by)
    meet_requirement(enrolment=enrolment, module=held.course.module, evidence=held.pk, by=by)
    return held


@action
def refuse_external(*, external: ExternalCredential, reason: str, by: Person) -> ExternalCredential:
    """Say, having looked at it, that it does not count, and why: she reads it, and may hand in another.

    Raises:
        As confirm_external.
    """
    held = _decided(external, State.REFUSED, reason, by)
    _record(ExternalRefused, held, by)
    return held


def forget_external_files() -> int:
    """Remove a portion of the files whose certificate was decided 90 days ago or earlier; how many."""
    old = ExternalCredential.objects.filter(has_file=True, decided_at__lte=clock.now() - FILE_KEPT)
    due = list(old.order_by("decided_at").values_list("pk", flat=True)[:_PORTION])
    external_files.forget(due)
    ExternalCredential.objects.filter(pk__in=due).update(has_file=False)
    return len(due)


@action
def _add(*, row: ExternalCredential, is_enough: bool, by: Person) -> ExternalCredential:
    Enrolment.objects.select_for_update().get(pk=row.enrolment_id)  # her turn: counts hold until the end
    hers = ExternalCredential.objects.filter(person=row.person_id)
    if hers.count() >= MOST or hers.filter(state=State.WAITING).count() >= MOST_WAITING:
        raise TooManyFiles
    if hers.filter(enrolment=row.enrolment_id, course=row.course_id, digest=row.digest).exists():
        raise GivenAlready
    _ensure_open(row.enrolment, row.course)
    if is_enough:
        row.state, row.decided_at = State.VERIFIED, row.added_at
    row.save(force_insert=True)
    _record(ExternalAdded, row, by)
    if is_enough:
        _record(ExternalVerified, row, None)
        meet_requirement(enrolment=row.enrolment, module=row.course.module, evidence=row.pk, by=None)
    return row


def _ensure_open(enrolment: Enrolment, course: ExternalCourse) -> None:
    module = course.module
    if module.track_id != enrolment.track_id or course.retired_at is not None or module.retired_at is not None:
        raise NotOfHerTrack
    if RequirementMet.objects.filter(enrolment=enrolment, module=module).exists():
        raise MetAlready


def _decided(
    external: ExternalCredential, state: ExternalCredential.State, reason: str, by: Person
) -> ExternalCredential:
    rules.externals_to_decide.require(by, external)
    words = " ".join(reason.split())
    if not SHORTEST_REASON <= len(words) <= LONGEST_REASON:
        raise NoReason
    found = ExternalCredential.objects.select_for_update(of=("self",)).select_related("enrolment", "course__module")
    held = found.get(pk=external.pk)
    if held.state != State.WAITING:
        raise DecidedAlready
    held.state, held.reason, held.decided_at, held.decided_by = state, words, clock.now(), by
    held.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    return held


def _standing(enrolment: Enrolment) -> Enrolment:
    """Where her two records became one, the enrolment that stands for both; else this one."""
    if enrolment.state != Enrolment.State.WITHDRAWN:
        return enrolment
    others = Enrolment.objects.filter(
        person=enrolment.person_id, edition=enrolment.edition_id, track=enrolment.track_id
    )
    return others.exclude(state=Enrolment.State.WITHDRAWN).first() or enrolment


def _record(
    kind: type[ExternalAdded | ExternalVerified | ExternalConfirmed | ExternalRefused],
    row: ExternalCredential,
    by: Person | None,
) -> None:
    record(
        kind(external=row.pk, enrolment=row.enrolment_id, module=row.course.module_id),
        by=by.pk if by else None,
        about=row.person_id,
        edition=row.enrolment.edition_id,
    )
