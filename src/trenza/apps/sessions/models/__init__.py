from trenza.apps.sessions.models.attendance import ExcusedReason, Mark, MarkKind, Reason, Settlement
from trenza.apps.sessions.models.calendar_feed import CalendarFeed
from trenza.apps.sessions.models.session import Session, SessionCode, SessionTrainer
from trenza.apps.sessions.models.sign_up import SignUp
from trenza.apps.sessions.models.walk_in import WalkIn
from trenza.apps.sessions.models.workshop import Workshop

__all__ = [
    "CalendarFeed",
    "ExcusedReason",
    "Mark",
    "MarkKind",
    "Reason",
    "Session",
    "SessionCode",
    "SessionTrainer",
    "Settlement",
    "SignUp",
    "WalkIn",
    "Workshop",
]
