from trenza.apps.admissions.models.appeal import Appeal
from trenza.apps.admissions.models.application import Application
from trenza.apps.admissions.models.award import Acceptance, Award, Refusal
from trenza.apps.admissions.models.award_end import AwardEnd
from trenza.apps.admissions.models.award_part import AwardPart
from trenza.apps.admissions.models.brought import Brought
from trenza.apps.admissions.models.call import Call
from trenza.apps.admissions.models.draw import Draw
from trenza.apps.admissions.models.draw_entry import DrawEntry
from trenza.apps.admissions.models.eligibility_outcome import EligibilityOutcome
from trenza.apps.admissions.models.fulfilment import Fulfilment
from trenza.apps.admissions.models.judgement import Judgement
from trenza.apps.admissions.models.letter import Letter
from trenza.apps.admissions.models.notice import Notice
from trenza.apps.admissions.models.readiness import Readiness
from trenza.apps.admissions.models.seat_change import SeatChange
from trenza.apps.admissions.models.seat_pool import SeatPool
from trenza.apps.admissions.models.sign_up import SignUp
from trenza.apps.admissions.models.study_plan import StudyPlan
from trenza.apps.admissions.models.wish import Wish

__all__ = [
    "Acceptance",
    "Appeal",
    "Application",
    "Award",
    "AwardEnd",
    "AwardPart",
    "Brought",
    "Call",
    "Draw",
    "DrawEntry",
    "EligibilityOutcome",
    "Fulfilment",
    "Judgement",
    "Letter",
    "Notice",
    "Readiness",
    "Refusal",
    "SeatChange",
    "SeatPool",
    "SignUp",
    "StudyPlan",
    "Wish",
]
