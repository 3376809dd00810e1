from trenza.apps.programmes.actions.completion import confirm_requirement, meet_requirement, recognise_prior_learning
from trenza.apps.programmes.actions.definition import change_definition, load_definition, rehearse_definition
from trenza.apps.programmes.actions.drafts import discard_draft, save_draft
from trenza.apps.programmes.actions.enrolment import (
    enrol,
    pause_enrolment,
    return_to_enrolment,
    withdraw_enrolment,
)
from trenza.apps.programmes.actions.several import (
    confirm_for_enrolments,
    pause_enrolments,
    return_to_enrolments,
    withdraw_enrolments,
)
from trenza.apps.programmes.actions.track_change import change_track
from trenza.apps.programmes.actions.training import enrol_trainer

__all__ = [
    "change_definition",
    "change_track",
    "confirm_for_enrolments",
    "confirm_requirement",
    "discard_draft",
    "enrol",
    "enrol_trainer",
    "load_definition",
    "meet_requirement",
    "pause_enrolment",
    "pause_enrolments",
    "recognise_prior_learning",
    "rehearse_definition",
    "return_to_enrolment",
    "return_to_enrolments",
    "save_draft",
    "withdraw_enrolment",
    "withdraw_enrolments",
]
