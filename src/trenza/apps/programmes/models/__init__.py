from trenza.apps.programmes.models.activity import Activity
from trenza.apps.programmes.models.branch import Branch
from trenza.apps.programmes.models.completion import Completion
from trenza.apps.programmes.models.context_figure import ContextFigure
from trenza.apps.programmes.models.definition_draft import DefinitionDraft
from trenza.apps.programmes.models.definition_version import DefinitionVersion
from trenza.apps.programmes.models.earned_follow_on import EarnedFollowOn
from trenza.apps.programmes.models.edition import Edition
from trenza.apps.programmes.models.enrolment import Enrolment
from trenza.apps.programmes.models.enrolment_change import EnrolmentChange, WithdrawalReason
from trenza.apps.programmes.models.external_course import ExternalCourse
from trenza.apps.programmes.models.follow_on import FollowOn
from trenza.apps.programmes.models.module import Module
from trenza.apps.programmes.models.organisation import Organisation
from trenza.apps.programmes.models.programme import Programme
from trenza.apps.programmes.models.recognised_course import RecognisedCourse
from trenza.apps.programmes.models.region import Region
from trenza.apps.programmes.models.requirement_met import PriorLearning, RequirementMet
from trenza.apps.programmes.models.track import TRAINERS, Track
from trenza.apps.programmes.models.track_change import TrackChange

__all__ = [
    "TRAINERS",
    "Activity",
    "Branch",
    "Completion",
    "ContextFigure",
    "DefinitionDraft",
    "DefinitionVersion",
    "EarnedFollowOn",
    "Edition",
    "Enrolment",
    "EnrolmentChange",
    "ExternalCourse",
    "FollowOn",
    "Module",
    "Organisation",
    "PriorLearning",
    "Programme",
    "RecognisedCourse",
    "Region",
    "RequirementMet",
    "Track",
    "TrackChange",
    "WithdrawalReason",
]
