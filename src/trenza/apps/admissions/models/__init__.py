from trenza.apps.admissions.models.application import Application
from trenza.apps.admissions.models.award import Acceptance, Award, Refusal
from trenza.apps.admissions.models.award_end import AwardEnd
from trenza.apps.admissions.models.award_part import AwardPart
from trenza.apps.admissions.models.call import Call
from trenza.apps.admissions.models.draw import Draw
from trenza.apps.admissions.models.draw_entry import DrawEntry
from trenza.apps.admissions.models.eligibility_outcome import EligibilityOutcome
from trenza.apps.admissions.models.seat_change import SeatChange
from trenza.apps.admissions.models.seat_pool import SeatPool
from trenza.apps.admissions.models.sign_up import SignUp

__all__ = [
    "Acceptance",
    "Application",
    "Award",
    "AwardEnd",
    "AwardPart",
    "Call",
    "Draw",
    "DrawEntry",
    "EligibilityOutcome",
    "Refusal",
    "SeatChange",
    "SeatPool",
    "SignUp",
]
