"""The door of accompaniment."""

from trenza.apps.accompaniment.actions import answer_inquiry, make_inquiry, record_attempt
from trenza.apps.accompaniment.errors import NothingWritten, TooManyInquiries, WrongDay
from trenza.apps.accompaniment.models import Attempt, Category, Channel, Inquiry, Outcome, Reply
from trenza.apps.accompaniment.models.attempt import LONGEST_NOTE
from trenza.apps.accompaniment.models.inquiry import LONGEST_TEXT, LONGEST_TITLE
from trenza.apps.accompaniment.queries import (
    Accompanied,
    CallList,
    ToCall,
    Tried,
    accompanied,
    accompanied_by,
    answered_at,
    call_list,
    find_replies,
    how_many_to_call,
    inquiries_of,
    replies_of,
    with_answer,
)
from trenza.apps.accompaniment.reasons import Reason, Why
from trenza.apps.accompaniment.rules import (
    accompanied_enrolments,
    answerable_inquiries,
    own_inquiries,
    readable_inquiries,
)

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "Accompanied",
    "Attempt",
    "CallList",
    "Category",
    "Channel",
    "Inquiry",
    "NothingWritten",
    "Outcome",
    "Reason",
    "Reply",
    "ToCall",
    "TooManyInquiries",
    "Tried",
    "Why",
    "WrongDay",
    "accompanied",
    "accompanied_by",
    "accompanied_enrolments",
    "answer_inquiry",
    "answerable_inquiries",
    "answered_at",
    "call_list",
    "find_replies",
    "how_many_to_call",
    "inquiries_of",
    "make_inquiry",
    "own_inquiries",
    "readable_inquiries",
    "record_attempt",
    "replies_of",
    "with_answer",
]
