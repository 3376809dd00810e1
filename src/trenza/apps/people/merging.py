"""What people itself makes of two persons who are one: how she comes in, what she agreed to, who agrees for her."""

from collections.abc import Iterator
from uuid import UUID

from trenza.apps.people.models import (
    Account,
    BlankCard,
    Card,
    Consent,
    Guardianship,
    HouseholdMember,
    Person,
    PersonDevice,
    Pin,
    RoleGrant,
)
from trenza.core.journal import standing_aliases
from trenza.core.merging import Change, moved, without

_State = Guardianship.State
_STANDING = (_State.ASKED, _State.AGREED, _State.CHECKED)


def forbid(absorbed: UUID, kept: UUID) -> Iterator[str]:
    """A role would come within reach of another phone: nobody of the team is merged. Nor is who was merged before."""
    persons = Person.objects.in_bulk([absorbed, kept])
    if absorbed == kept or len(persons) < 2:
        yield "same_record"
        return
    if standing_aliases([absorbed, kept]):
        yield "merged_before"
    if persons[absorbed].synthetic != persons[kept].synthetic:
        yield "demonstration"
    if RoleGrant.objects.filter(person__in=persons, withdrawn_at=None).exists():
        yield "team"
    guardians = Guardianship.objects.filter(state__in=_STANDING)
    hers, other = guardians.filter(person=kept).first(), guardians.filter(person=absorbed).first()
    if hers and other and other.state == _State.CHECKED and hers.state != _State.CHECKED:
        yield "keep_other_guardian"


def merge(absorbed: UUID, kept: UUID) -> Iterator[Change]:
    """Her ways to come in lead to the kept record. Where only one may stand (a PIN, a standing consent to the same
    text, a guardian, a printed card), the kept one's does, and the other stays under the other name, where it opens
    nothing. Roles and views stay: who has a standing role is not merged."""
    for model in (Account, Card, PersonDevice):
        yield moved(model._default_manager.all(), "person", absorbed, kept)
    if not Pin.objects.filter(person=kept).exists():
        yield moved(Pin.objects.all(), "person", absorbed, kept)
    standing = Consent.objects.filter(withdrawn_at=None)
    yield moved(
        without(standing.filter(person=absorbed), standing.filter(person=kept), "text", "version"),
        "person", absorbed, kept,
    )  # fmt: skip
    yield moved(Consent.objects.filter(withdrawn_at__isnull=False), "person", absorbed, kept)
    if not HouseholdMember.objects.filter(person=kept, left_at=None).exists():  # households stay as they are
        yield moved(HouseholdMember.objects.filter(left_at=None), "person", absorbed, kept)
    ended = Guardianship.objects.exclude(state__in=_STANDING)
    yield moved(ended, "person", absorbed, kept)
    if not Guardianship.objects.filter(person=kept, state__in=_STANDING).exists():
        yield moved(Guardianship.objects.filter(state__in=_STANDING), "person", absorbed, kept)
    if not BlankCard.objects.filter(person=kept, revoked_at=None).exists():
        yield moved(BlankCard.objects.filter(revoked_at=None), "person", absorbed, kept)
