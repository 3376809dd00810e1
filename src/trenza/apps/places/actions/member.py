"""Say who comes to a centre, and that somebody no longer does."""

from collections.abc import Collection
from typing import Final

from trenza.apps.people.api import Person
from trenza.apps.places import rules
from trenza.apps.places.actions.held import held_centre, held_open_centre
from trenza.apps.places.errors import AlreadyEnded, TooMany
from trenza.apps.places.events import MemberAdded, MemberEnded
from trenza.apps.places.models import Centre, Member
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import action, record

MOST_AT_ONCE: Final = 500
MOST_MEMBERS: Final = 3_000
"""Of one centre: a hub holds them all."""


@action
def add_members(*, centre: Centre, persons: Collection[Person], by: Person | None) -> int:
    """Say that these come to the centre; how many are new. Twice is as once.

    Raises:
        NotAllowed: `by` does not keep the centre, or one of them is none of those whom she may see there. Nobody is
            added.
        Closed: it has been closed.
        TooMany: more than five hundred at once, or a centre would have more than three thousand.
    """
    held = held_open_centre(centre.pk, by=by)
    people = {person.pk for person in persons}
    if len(people) > MOST_AT_ONCE:
        raise TooMany(MOST_AT_ONCE)
    if by is not None and rules.guests.which(by).filter(pk__in=people).count() != len(people):
        raise NotAllowed
    standing = set(Member.objects.filter(centre=held, ended_at=None).values_list("person", flat=True))
    new = sorted(people - standing)
    if len(standing) + len(new) > MOST_MEMBERS:
        raise TooMany(MOST_MEMBERS)
    now = clock.now()
    rows = [Member(centre=held, person_id=person, added_at=now, added_by=by) for person in new]
    Member.objects.bulk_create(rows)
    for row in rows:
        record(MemberAdded(centre=held.pk, member=row.pk), by=by.pk if by else None, about=row.person_id)
    return len(rows)


@action
def end_membership(*, member: Member, by: Person | None) -> None:
    """She does not come there any more. What she did there stays.

    Raises:
        NotAllowed: `by` does not keep the centre.
        AlreadyEnded: it was before.
    """
    held_centre(member.centre_id, by=by)
    held = Member.objects.select_for_update().get(pk=member.pk)
    if held.ended_at is not None:
        raise AlreadyEnded
    held.ended_at, held.ended_by = clock.now(), by
    held.save(update_fields=["ended_at", "ended_by"])
    record(MemberEnded(centre=held.centre_id, member=held.pk), by=by.pk if by else None, about=held.person_id)
