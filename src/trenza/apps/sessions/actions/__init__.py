from trenza.apps.sessions.actions.attendance import (
    MARGIN,
    Said,
    check_in,
    give_code,
    mark_attendance,
    settle_attendance,
)
from trenza.apps.sessions.actions.attendance_list import Imported, import_attendance
from trenza.apps.sessions.actions.calendar_feed import end_calendar_feed, make_calendar_feed
from trenza.apps.sessions.actions.card import print_cards, revoke_cards
from trenza.apps.sessions.actions.session import (
    add_trainer,
    cancel_session,
    change_session,
    open_session,
    remove_trainer,
)
from trenza.apps.sessions.actions.sign_up import sign_up, withdraw_sign_up
from trenza.apps.sessions.actions.walk_in import admit_walk_in, capture_walk_in

__all__ = [
    "MARGIN",
    "Imported",
    "Said",
    "add_trainer",
    "admit_walk_in",
    "cancel_session",
    "capture_walk_in",
    "change_session",
    "check_in",
    "end_calendar_feed",
    "give_code",
    "import_attendance",
    "make_calendar_feed",
    "mark_attendance",
    "open_session",
    "print_cards",
    "remove_trainer",
    "revoke_cards",
    "settle_attendance",
    "sign_up",
    "withdraw_sign_up",
]
