"""Her sessions for the calendar of her phone or computer: an iCalendar (RFC 5545) that names no person, for whoever has
the address of the feed reads it."""

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from trenza.apps.people.api import Person
from trenza.apps.sessions import rules
from trenza.apps.sessions.models import CalendarFeed, Session, SessionTrainer, SignUp
from trenza.core import clock

if TYPE_CHECKING:
    from icalendar import Event

BACK: Final = timedelta(days=30)
REFRESH: Final = timedelta(hours=6)
PRODUCT: Final = "-//Trenza//Sessions//ES"


def calendar_of(person: Person) -> bytes:
    """The classes of her tracks, what she signed up for, and what she gives, from a month ago on. One query. The same
    sessions are the same bytes. What was cancelled stays, as cancelled, so that calendars take it away."""
    from icalendar import Calendar  # 2 MB

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _("My sessions"))
    calendar.add("x-wr-calname", _("My sessions"))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for session in _sessions(person):
        calendar.add_component(_event(session))
    content: bytes = calendar.to_ical()
    return content


def calendar_feed_of(person: Person) -> CalendarFeed | None:
    """Her address, as far as we know it: not its secret."""
    return CalendarFeed.objects.filter(person=person, ended_at=None).first()


def find_calendar_feed(secret: str) -> CalendarFeed | None:
    """The feed of this secret, as long as it stands."""
    return CalendarFeed.objects.select_related("person").filter(digest=digest_of(secret), ended_at=None).first()


def digest_of(secret: str) -> bytes:
    """What is kept of the secret of an address. It is random: one SHA-256 is enough."""
    return hashlib.sha256(secret.encode(errors="replace")).digest()


def _sessions(person: Person) -> QuerySet[Session]:
    """A workshop is hers once she has a place in it."""
    signed = Exists(SignUp.objects.filter(session=OuterRef("pk"), person=person, withdrawn_at=None))
    gives = Exists(SessionTrainer.objects.filter(session=OuterRef("pk"), person=person, removed_at=None))
    own = rules.own_sessions.which(person).filter(Q(kind=Session.Kind.CLASS) | signed).values("pk")
    sessions = Session.objects.filter(Q(pk__in=own) | gives, starts_at__gte=clock.now() - BACK)
    return sessions.select_related("edition__programme").order_by("starts_at", "id")


def _event(session: Session) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{session.pk}@trenza")
    event.add("dtstamp", session.opened_at.replace(microsecond=0))
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", session.title or session.get_kind_display())
    if session.place:
        event.add("location", session.place)
    event.add("description", session.edition.programme.name)
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    return event
