"""The door of admissions."""

from trenza.apps.admissions.actions.acceptance import accept_award, decline_award
from trenza.apps.admissions.actions.applications import submit_application, update_answers, withdraw_application
from trenza.apps.admissions.actions.arrival import ConsentText, Details, apply_on_arrival, sign_up_on_arrival
from trenza.apps.admissions.actions.awards import award_application, award_in_order
from trenza.apps.admissions.actions.calls import publish_call
from trenza.apps.admissions.actions.guardians import continue_application
from trenza.apps.admissions.actions.several import award_applications, move_to_waiting_list, publish_calls
from trenza.apps.admissions.actions.sign_up import sign_up
from trenza.apps.admissions.draw.replay import ReplayNotValid, Report, verify_replay
from trenza.apps.admissions.eligibility import EligibilityRule, Outcome, Verdict, evaluate, verdict
from trenza.apps.admissions.errors import (
    AlreadyApplied,
    CallNotOpen,
    Incomplete,
    NoSeatLeft,
    NotEligible,
    RegionNotOffered,
    SeatsTaken,
    WaitsForGuardian,
    WrongState,
)
from trenza.apps.admissions.minors import adult_from, country_of, waits_for_guardian
from trenza.apps.admissions.models import (
    Acceptance,
    Application,
    Award,
    Call,
    EligibilityOutcome,
    Refusal,
    SeatPool,
    SignUp,
)
from trenza.apps.admissions.queries import (
    Seats,
    applications_of,
    awards_to_answer,
    open_calls,
    published_calls,
    seats_of,
    shared_zone,
    waiting_place,
    zones_of,
)
from trenza.apps.admissions.rules import (
    awardable_applications,
    awardable_calls,
    importable_calls,
    may_bring_into,
    own_applications,
    own_awards,
    publishable_calls,
    readable_applications,
    readable_awards,
    readable_calls,
)

__all__ = [
    "Acceptance",
    "AlreadyApplied",
    "Application",
    "Award",
    "Call",
    "CallNotOpen",
    "ConsentText",
    "Details",
    "EligibilityOutcome",
    "EligibilityRule",
    "Incomplete",
    "NoSeatLeft",
    "NotEligible",
    "Outcome",
    "Refusal",
    "RegionNotOffered",
    "ReplayNotValid",
    "Report",
    "SeatPool",
    "Seats",
    "SeatsTaken",
    "SignUp",
    "Verdict",
    "WaitsForGuardian",
    "WrongState",
    "accept_award",
    "adult_from",
    "applications_of",
    "apply_on_arrival",
    "award_application",
    "award_applications",
    "award_in_order",
    "awardable_applications",
    "awardable_calls",
    "awards_to_answer",
    "continue_application",
    "country_of",
    "decline_award",
    "evaluate",
    "importable_calls",
    "may_bring_into",
    "move_to_waiting_list",
    "open_calls",
    "own_applications",
    "own_awards",
    "publish_call",
    "publish_calls",
    "publishable_calls",
    "published_calls",
    "readable_applications",
    "readable_awards",
    "readable_calls",
    "seats_of",
    "shared_zone",
    "sign_up",
    "sign_up_on_arrival",
    "submit_application",
    "update_answers",
    "verdict",
    "verify_replay",
    "waiting_place",
    "waits_for_guardian",
    "withdraw_application",
    "zones_of",
]
