"""What trainers ask the team, and its answers."""

from datetime import timedelta
from typing import Final, cast
from uuid import UUID

from trenza.apps.accompaniment import events, rules
from trenza.apps.accompaniment.errors import NothingWritten, TooManyInquiries
from trenza.apps.accompaniment.events import InquiryAnswered, InquiryMade
from trenza.apps.accompaniment.models import Category, Inquiry, Reply
from trenza.apps.accompaniment.models.inquiry import LONGEST_TEXT, LONGEST_TITLE
from trenza.apps.people.api import Person
from trenza.apps.places.api import read_centre
from trenza.apps.programmes.api import Edition
from trenza.apps.sessions.api import Session, kept_sessions, openable_editions
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import action, record

MOST_A_DAY: Final = 30
DAY: Final = timedelta(days=1)


@action
def make_inquiry(
    *,
    edition: Edition,
    category: str,
    text: str,
    session: Session | None = None,
    centre: UUID | None = None,
    by: Person,
) -> Inquiry:
    """Ask the team. The same words twice within a day are one question.

    Raises:
        NotAllowed: `by` holds no sessions in this edition, does not keep the session, or may not see the centre; or the
            session is another edition's.
        NothingWritten: no words, or too many.
        TooManyInquiries: she has asked too much today.
        ValueError: no such category.
    """
    category, words = Category(category).value, _checked(text)
    openable_editions.require(by, edition)
    if session is not None and (session.edition_id != edition.pk or not kept_sessions.allows(by, session)):
        raise NotAllowed
    if centre is not None and not read_centre.which(by).filter(pk=centre).exists():
        raise NotAllowed
    Person.objects.select_for_update().get(pk=by.pk)  # her turn: two taps are one question
    today = Inquiry.objects.filter(asked_by=by, asked_at__gt=clock.now() - DAY)
    if same := today.filter(text=words, edition=edition, category=category).first():
        return same
    if today.count() >= MOST_A_DAY:
        raise TooManyInquiries
    inquiry = Inquiry.objects.create(
        edition=edition,
        session=session,
        centre=centre or (session.centre if session else None),
        category=category,
        text=words,
        asked_by=by,
        asked_at=clock.now(),
    )
    event = InquiryMade(inquiry=inquiry.pk, category=cast("events.Category", category))
    record(event, by=by.pk, about=None, edition=edition.pk)
    return inquiry


@action
def answer_inquiry(*, inquiry: Inquiry, text: str, findable_as: str = "", by: Person | None) -> Reply:
    """Answer it, again where it was answered before: all answers stay. `findable_as` is the question in a sentence
    without names, if other trainers may find the answer.

    Raises:
        NotAllowed: `by` may not answer it.
        NothingWritten: no words, or too many.
    """
    if by is not None:
        rules.answerable_inquiries.require(by, inquiry)
    words, title = _checked(text), " ".join(findable_as.split())
    if len(title) > LONGEST_TITLE:
        raise NothingWritten
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    reply = Reply.objects.create(inquiry=inquiry, text=words, findable_as=title, by=by, at=clock.now())
    event = InquiryAnswered(inquiry=inquiry.pk, reply=reply.pk, findable=bool(title))
    record(event, by=by.pk if by else None, about=None, edition=inquiry.edition_id)
    return reply


def _checked(text: str) -> str:
    """With line breaks of one sort: a browser sends two signs for each."""
    words = text.replace("\r\n", "\n").strip()
    if not words or len(words) > LONGEST_TEXT:
        raise NothingWritten
    return words
