"""A scholarship that follows from a completion: earned, then offered while there are seats."""

from uuid import UUID

from trenza.apps.admissions.actions.applications import insert_application
from trenza.apps.admissions.actions.awards import award, put_on_waiting_list
from trenza.apps.admissions.actions.judging import State
from trenza.apps.admissions.actions.seats import LockedSeats
from trenza.apps.admissions.models import Application, Call
from trenza.apps.programmes.api import EarnedFollowOn
from trenza.core.journal import action


@action
def offer_follow_on(*, earned: UUID) -> Application | None:
    """Put her in the line of what she earned, and offer it at once where there is a seat and nobody waits in front.

    None where it is no scholarship with a line of its own, or she has one already: once for each woman, also where she
    completes the track in two editions.
    """
    row = EarnedFollowOn.objects.select_related("follow_on", "enrolment__person", "enrolment__region").get(pk=earned)
    person, enrolment = row.enrolment.person, row.enrolment
    call = (
        Call.objects.select_related("edition")
        .filter(follow_on=row.follow_on_id, edition=enrolment.edition_id, retired_at=None)
        .first()
    )
    if call is None or Application.objects.filter(call__follow_on=row.follow_on_id, person=person).exists():
        return None
    seats = LockedSeats(call)
    application = insert_application(call, person, enrolment.region, State.SUBMITTED, by=None)
    waits = call.applications.filter(state=State.WAITING_LIST)
    if not waits.exists() and seats.take(application.region_id):
        seats.write()
        award([(application, row.follow_on.after_id)], None)
    else:
        put_on_waiting_list([application], None)
    return application
