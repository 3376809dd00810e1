"""What accompaniment writes in the journal: codes, ids and days. Words that somebody wrote stay in its own rows."""

from datetime import date
from typing import Literal
from uuid import UUID

from trenza.core.journal import Decision, Observation, kind

Channel = Literal["call", "whatsapp", "sms", "visit", "message"]
Outcome = Literal["reached", "no_answer", "left_message", "call_back", "wrong_number", "not_again"]
Category = Literal["platform", "access", "device", "content", "sessions", "other"]


@kind("accompaniment.contact_attempted.v1")
class ContactAttempted(Observation, frozen=True):
    """Somebody who accompanies her (about whom this is) in an enrolment tried to reach her. `call_back_on` is the day
    on which she will be called again."""

    enrolment: UUID
    channel: Channel
    outcome: Outcome
    call_back_on: date | None


@kind("accompaniment.inquiry_made.v1")
class InquiryMade(Decision, frozen=True):
    """A trainer asked the team for technical help."""

    inquiry: UUID
    category: Category


@kind("accompaniment.inquiry_answered.v1")
class InquiryAnswered(Decision, frozen=True):
    """The team answered her; `findable` is whether other trainers may find the answer."""

    inquiry: UUID
    reply: UUID
    findable: bool
