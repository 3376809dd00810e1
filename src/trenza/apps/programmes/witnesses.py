"""Which rows `trenza journal check` wants to see an entry for."""

from trenza.apps.programmes.events import (
    DefinitionLoaded,
    Enrolled,
    FollowOnEarned,
    RequirementFulfilled,
    TrackChanged,
    TrackCompleted,
)
from trenza.apps.programmes.models import (
    Completion,
    DefinitionVersion,
    EarnedFollowOn,
    Enrolment,
    RequirementMet,
    TrackChange,
)
from trenza.core.journal import witness


def register() -> None:
    """Each decision's row has its entry. Changes of state are in part told by Enrolled and TrackCompleted."""
    witness(DefinitionVersion, DefinitionLoaded, "version")
    witness(Enrolment, Enrolled, "enrolment")
    witness(RequirementMet, RequirementFulfilled, "requirement")
    witness(Completion, TrackCompleted, "completion")
    witness(TrackChange, TrackChanged, "track_change")
    witness(EarnedFollowOn, FollowOnEarned, "earned")
