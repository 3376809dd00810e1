"""Mark who came, from a page; settle where marks disagree; and let her say herself that she is there."""

import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from trenza.apps.people.api import Person, count_check_in_try
from trenza.apps.sessions import rules
from trenza.apps.sessions.actions.session import hold
from trenza.apps.sessions.errors import HeadsMoved, NotExpected, SessionCancelled, TooManyTries, WrongCode
from trenza.apps.sessions.events import AttendanceMarked, AttendanceSettled, CodeGiven
from trenza.apps.sessions.heads import Head, as_mark, standings
from trenza.apps.sessions.models import ExcusedReason, Mark, MarkKind, Reason, Session, SessionCode, Settlement
from trenza.core import clock
from trenza.core.journal import action, names_of, record, take_identities

PAGES: Final = "sessions.pages"
MARGIN: Final = timedelta(minutes=30)
"""So long before a session begins, and after it ends, its code is good."""


class Said(NamedTuple):
    """What is marked of one person; `reason` is a code of Reason, only where she is excused, and may stay blank."""

    mark: str
    reason: str = ""


@action
def mark_attendance(*, session: Session, marks: Mapping[UUID, Said], by: Person) -> int:
    """Mark these persons in a session; how many marks are new. What `by` had marked before is corrected by it; what
    others marked stays, and where it differs is a conflict.

    Raises:
        NotAllowed: `by` does not keep this session.
        NotExpected: one of them is not hers to mark (`rules.recordable`), or is she herself. Nothing is marked.
        ValueError: no such mark or reason, or a reason for somebody who is not excused.
    """
    said = {person: _checked(each) for person, each in marks.items()}
    rules.kept_sessions.require(by, session)
    pairs = {(session.pk, person) for person in said}
    if rules.recordable(by, pairs) != pairs:
        raise NotExpected
    return _mark(session, said, by=by.pk)


@action
def settle_attendance(
    *, session: Session, person: UUID, mark: str, seen: Collection[tuple[UUID, int]], by: Person | None
) -> Settlement:
    """Say which mark holds of a person whose marks disagree. `seen` are the heads that `by` was shown, by device and
    sequence.

    Raises:
        NotAllowed: `by` does not keep this session.
        HeadsMoved: the heads are others by now; or there is no conflict.
    """
    mark = as_mark(mark)
    held = hold(session, by)
    standing = standings([held.pk], [person]).get((held.pk, person))
    if standing is None or not standing.conflict or {head.identity for head in standing.heads} != set(seen):
        raise HeadsMoved
    heads = sorted([str(head.device), head.sequence] for head in standing.heads)
    row = Settlement.objects.create(session=held, person=person, mark=mark, heads=heads, by=by, at=clock.now())
    event = AttendanceSettled(session=held.pk, settlement=row.pk, mark=as_mark(row.mark))
    record(event, by=by.pk if by else None, about=person, edition=held.edition_id)
    return row


@action
def give_code(*, session: Session, by: Person) -> str:
    """A new code of six digits for the wall; one that was given before is good no more.

    Raises:
        NotAllowed: `by` does not keep this session.
        SessionCancelled: it does not take place.
    """
    held = hold(session, by)
    if held.cancelled_at is not None:
        raise SessionCancelled
    code = f"{secrets.randbelow(10**6):06}"
    values = {"code": code, "made_at": clock.now(), "made_by": by}
    SessionCode.objects.update_or_create(session=held, defaults=values)
    record(CodeGiven(session=held.pk), by=by.pk, about=None, edition=held.edition_id)
    return code


def check_in(*, session: Session, code: str, person: Person) -> bool:
    """Mark her present, by herself, with the code on the wall. False if she had said so before.

    Each try is counted, the wrong ones too: the count stands whatever comes of it.

    Raises:
        TooManyTries: she tried too often.
        WrongCode: it is not the session's, or the session does not last now.
        NotExpected: the session is not for her.
    """
    if not count_check_in_try(person=str(person.pk)):
        raise TooManyTries
    return _check_in(session=session, code=code, person=person)


@action
def _check_in(*, session: Session, code: str, person: Person) -> bool:
    now = clock.now()
    given = SessionCode.objects.select_related("session").filter(session=session).first()
    good = given is not None and secrets.compare_digest(given.code.encode(), code.strip().encode())
    if given is None or not good or given.session.cancelled_at is not None:
        raise WrongCode
    if not given.session.starts_at - MARGIN <= now <= given.session.ends_at + MARGIN:
        raise WrongCode
    if not rules.own_sessions.allows(person, given.session):
        raise NotExpected
    return _mark(given.session, {person.pk: Said(MarkKind.PRESENT.value)}, by=person.pk) > 0


def _mark(session: Session, said: Mapping[UUID, Said], *, by: UUID) -> int:
    """Within an action: record each of these that is not so already, as the correction of the marker's own heads."""
    # The lock is the turn: two pages of one marker correct each other, not the same mark twice.
    Session.objects.select_for_update().get(pk=session.pk)
    own = _own_heads(session, said, by=by)
    reasons = _reasons(own)
    wanted: list[tuple[UUID, Said, Head | None]] = []
    for person in sorted(said):
        heads = own.get(person, [])
        if heads and all(Said(head.mark, reasons.get(head.identity, "")) == said[person] for head in heads):
            continue
        # One correction for each head: two phones of hers may have marked the same person.
        wanted += [(person, said[person], head) for head in heads] or [(person, said[person], None)]
    if not wanted:
        return 0
    excused = []
    for (person, each, head), identity in zip(wanted, take_identities(PAGES, len(wanted)), strict=True):
        record(
            AttendanceMarked(session=session.pk, mark=as_mark(each.mark)),
            by=by,
            about=person,
            edition=session.edition_id,
            corrects=head.identity if head else None,
            identity=identity,
        )
        if each.reason:
            device, sequence = identity
            excused.append(ExcusedReason(device=device, sequence=sequence, person=person, reason=each.reason))
    ExcusedReason.objects.bulk_create(excused)
    return len({person for person, _, _ in wanted})


def _own_heads(session: Session, persons: Collection[UUID], *, by: UUID) -> dict[UUID, list[Head]]:
    """What the marker has marked of these persons, as it stands."""
    rows = Mark.objects.filter(session=session.pk, person__in=persons, marker=by, superseded=False)
    found: dict[UUID, list[Head]] = {}
    columns = ("person", "device", "sequence", "mark", "marker", "moment")
    for person, *rest in rows.order_by("moment", "device", "sequence").values_list(*columns):
        found.setdefault(person, []).append(Head(*rest))
    return found


def _reasons(own: Mapping[UUID, Collection[Head]]) -> dict[tuple[UUID, int], str]:
    excused = {head.identity for heads in own.values() for head in heads if head.mark == MarkKind.EXCUSED}
    rows = ExcusedReason.objects.filter(person__in=names_of(own)) if excused else ExcusedReason.objects.none()
    found = {(device, number): reason for device, number, reason in rows.values_list("device", "sequence", "reason")}
    return {identity: reason for identity, reason in found.items() if identity in excused}


def _checked(said: Said) -> Said:
    mark = MarkKind(said.mark).value
    if said.reason and mark != MarkKind.EXCUSED:
        raise ValueError("only an excused person has a reason")
    return Said(mark, Reason(said.reason).value if said.reason else "")
