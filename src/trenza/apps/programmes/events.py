"""What programmes writes in the journal. All are decisions: their rows are the truth."""

from uuid import UUID

from trenza.core.journal import Code, Decision, kind


@kind("programmes.definition_loaded.v1")
class DefinitionLoaded(Decision, frozen=True):
    """A new version of a programme's definition was loaded."""

    programme: UUID
    version: UUID
    number: int


@kind("programmes.enrolled.v1")
class Enrolled(Decision, frozen=True):
    """A person was enrolled in a track of an edition."""

    enrolment: UUID
    track: UUID
    region: UUID | None


@kind("programmes.enrolment_changed.v1")
class EnrolmentChanged(Decision, frozen=True):
    """An enrolment was paused, withdrawn from or returned to. The reason stays in its row."""

    enrolment: UUID
    change: UUID
    state: Code


@kind("programmes.track_changed.v1")
class TrackChanged(Decision, frozen=True):
    """An enrolment went on in another track; `track_change` is its row. The reason stays there."""

    enrolment: UUID
    track_change: UUID
    track_before: UUID
    track: UUID


@kind("programmes.requirement_met.v1")
class RequirementFulfilled(Decision, frozen=True):
    """A module's requirement was met; `requirement` is its row."""

    enrolment: UUID
    module: UUID
    requirement: UUID


@kind("programmes.prior_learning_recognised.v1")
class PriorLearningRecognised(Decision, frozen=True):
    """The team recognised that she had learned what a module asks; the entry that it is met stands beside it."""

    enrolment: UUID
    module: UUID
    basis: Code


@kind("programmes.track_completed.v1")
class TrackCompleted(Decision, frozen=True):
    """Enough modules of the track are met; `completion` is its row."""

    enrolment: UUID
    track: UUID
    completion: UUID


@kind("programmes.follow_on_earned.v1")
class FollowOnEarned(Decision, frozen=True):
    """What follows from a completion was earned; `earned` is its row."""

    enrolment: UUID
    follow_on: UUID
    earned: UUID
