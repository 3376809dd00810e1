"""What sessions writes in the journal. Who came, who walked in and what began without a signal are observations."""

from typing import Literal
from uuid import UUID

from trenza.core.journal import Code, Decision, Observation, kind

Mark = Literal["present", "late", "absent", "excused"]


@kind("sessions.session_opened.v1")
class SessionOpened(Observation, frozen=True):
    """A session stands: planned in the office, or begun by somebody who may teach there. `starts_at` is in seconds
    since 1970 (UTC). Its title and place stand in its row."""

    session: UUID
    edition: UUID
    track: UUID | None
    centre: UUID | None
    kind: Literal["class", "workshop"]
    starts_at: int
    minutes: int


@kind("sessions.session_changed.v1")
class SessionChanged(Decision, frozen=True):
    """A session is other than it was opened; `fields` are those that changed."""

    session: UUID
    fields: list[Code]


@kind("sessions.session_cancelled.v1")
class SessionCancelled(Decision, frozen=True):
    """A session does not take place."""

    session: UUID


@kind("sessions.trainer_added.v1")
class TrainerAdded(Decision, frozen=True):
    """A person (about whom this is) gives a session, in another's stead where she is a substitute."""

    session: UUID
    trainer: UUID
    substitute: bool


@kind("sessions.trainer_removed.v1")
class TrainerRemoved(Decision, frozen=True):
    """She gives it no more; `trainer` is the row that said so."""

    session: UUID
    trainer: UUID


@kind("sessions.signed_up.v1")
class SignedUp(Decision, frozen=True):
    """She has a place in a session."""

    session: UUID
    sign_up: UUID


@kind("sessions.sign_up_withdrawn.v1")
class SignUpWithdrawn(Decision, frozen=True):
    """She gave her place back."""

    session: UUID
    sign_up: UUID


@kind("sessions.code_given.v1")
class CodeGiven(Decision, frozen=True):
    """A session has a new code, with which those who are there say so themselves."""

    session: UUID


@kind("sessions.calendar_feed_made.v1")
class CalendarFeedMade(Decision, frozen=True):
    """Her sessions can be read at a secret address; the one before has ended."""

    feed: UUID


@kind("sessions.calendar_feed_ended.v1")
class CalendarFeedEnded(Decision, frozen=True):
    """Her sessions can be read at that address no more."""

    feed: UUID


@kind("sessions.attendance_marked.v1")
class AttendanceMarked(Observation, frozen=True):
    """Whoever recorded this saw her come, or not. A later mark of the same person may correct an earlier one."""

    session: UUID
    mark: Mark


@kind("sessions.attendance_settled.v1")
class AttendanceSettled(Decision, frozen=True):
    """Marks disagreed, and somebody said which holds; `settlement` is its row, with the marks that she saw."""

    session: UUID
    settlement: UUID
    mark: Mark


@kind("sessions.walk_in_captured.v1")
class WalkInCaptured(Observation, frozen=True):
    """Somebody came whom nobody had written down. She is named by an id that the trainer's phone made; `region` is a
    code of the programme, `age_band` one of programmes."""

    session: UUID
    walk_in: UUID
    region: Code | None
    age_band: Code | None


@kind("sessions.walk_in_registered.v1")
class WalkInRegistered(Decision, frozen=True):
    """A walk-in is a person, enrolled in what her session belongs to."""

    session: UUID
    walk_in: UUID
    enrolment: UUID


@kind("sessions.walk_in_refused.v1")
class WalkInRefused(Decision, frozen=True):
    """A walk-in could not be registered as she was captured. The reason stands in her row too, for somebody's look."""

    session: UUID
    walk_in: UUID
    reason: Code
