"""Make the secret address of her calendar, and end it."""

from trenza.apps.people.api import Person
from trenza.apps.sessions.calendar import digest_of
from trenza.apps.sessions.events import CalendarFeedEnded, CalendarFeedMade
from trenza.apps.sessions.models import CalendarFeed
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.ids import new_secret_code
from trenza.core.journal import action, record


@action
def make_calendar_feed(*, person: Person, by: Person) -> str:
    """A new address for her calendar; the one before is good no more. Its secret, which is told this once.

    Raises:
        NotAllowed: `by` is somebody else.
    """
    end_calendar_feed(person=person, by=by)
    secret = new_secret_code()
    feed = CalendarFeed.objects.create(person=person, digest=digest_of(secret), made_at=clock.now())
    record(CalendarFeedMade(feed=feed.pk), by=by.pk, about=person.pk)
    return secret


@action
def end_calendar_feed(*, person: Person, by: Person) -> bool:
    """End her address; False where there was none.

    Raises:
        NotAllowed: `by` is somebody else.
    """
    if by != person:
        raise NotAllowed
    # Her row is the turn: of two addresses that she makes at once the second ends the first.
    Person.objects.select_for_update().get(pk=person.pk)
    feed = CalendarFeed.objects.filter(person=person, ended_at=None).first()
    if feed is None:
        return False
    feed.ended_at = clock.now()
    feed.save(update_fields=["ended_at"])
    record(CalendarFeedEnded(feed=feed.pk), by=by.pk, about=person.pk)
    return True
