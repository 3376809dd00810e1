"""Publish a call."""

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.announcing import announce_draw
from trenza.apps.admissions.events import CallPublished
from trenza.apps.admissions.models import Call
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.journal import action, record


@action
def publish_call(*, call: Call, by: Person | None) -> Call:
    """Let everybody see it, and apply while it is open; of a draw, its rule is announced with it.

    A call that is published already stays as it is.

    Raises:
        NotAllowed: `by` may not publish calls there.
    """
    if by is not None:
        rules.publishable_calls.require(by, call)
    now = clock.now()
    if Call.objects.filter(pk=call.pk, published_at=None).update(published_at=now, published_by=by):
        if call.is_drawn:
            announce_draw(call, by)
        record(CallPublished(call=call.pk), by=by.pk if by else None, about=None, edition=call.edition_id)
    call.refresh_from_db(fields=["published_at", "published_by"])
    return call
