"""Somebody of the team told her where her application stands."""

from collections.abc import Collection

from trenza.apps.admissions import rules
from trenza.apps.admissions.events import NoticeGiven
from trenza.apps.admissions.models import Application, Notice
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.journal import action, record
from trenza.core.rowwise import Outcomes, each


@action
def note_told(*, application: Application, by: Person) -> Notice:
    """Note that she was told of the state that her application is in; done twice, the first stays.

    Raises:
        NotAllowed: `by` may not award it a place, or it is her own.
    """
    rules.awardable_applications.require(by, application)
    held = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    found = Notice.objects.filter(application=held, state=held.state).first()
    if found is not None:
        return found
    made = Notice.objects.create(application=held, state=held.state, told_at=clock.now(), told_by=by)
    record(
        NoticeGiven(notice=made.pk, application=held.pk), by=by.pk, about=held.person_id, edition=held.call.edition_id
    )
    return made


@action
def note_all_told(*, applications: Collection[Application], by: Person) -> Outcomes:
    """`note_told` of each; for each the outcome says None, or NotAllowed."""
    return each(applications, lambda application: note_told(application=application, by=by))
