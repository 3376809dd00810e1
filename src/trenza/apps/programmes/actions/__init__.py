from trenza.apps.programmes.actions.completion import confirm_requirement, meet_requirement, recognise_prior_learning
from trenza.apps.programmes.actions.definition import load_definition
from trenza.apps.programmes.actions.enrolment import (
    enrol,
    pause_enrolment,
    return_to_enrolment,
    withdraw_enrolment,
)

__all__ = [
    "confirm_requirement",
    "enrol",
    "load_definition",
    "meet_requirement",
    "pause_enrolment",
    "recognise_prior_learning",
    "return_to_enrolment",
    "withdraw_enrolment",
]
