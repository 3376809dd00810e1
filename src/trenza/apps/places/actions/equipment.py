"""What a centre has, and who has it now."""

from datetime import date, timedelta
from typing import Final

from trenza.apps.people.api import Person
from trenza.apps.places import rules
from trenza.apps.places.actions.held import held_open_centre
from trenza.apps.places.errors import (
    AlreadyLent,
    AlreadyReturned,
    CodeTaken,
    NotWritten,
    Retired,
    StillLent,
    TooMany,
    WrongDay,
)
from trenza.apps.places.events import EquipmentAdded, EquipmentLent, EquipmentRetired, EquipmentReturned
from trenza.apps.places.models import Centre, Equipment, Loan
from trenza.core import clock
from trenza.core.journal import action, record

MOST_EQUIPMENT: Final = 1_000
"""Things of one centre, those that are gone included."""
LONGEST_LOAN: Final = timedelta(days=366)
LONGEST_NOTE: Final = 300


@action
def add_equipment(*, centre: Centre, code: str, kind: str, label: str = "", by: Person | None) -> Equipment:
    """The centre has one thing more. `code` is what stands on it.

    Raises:
        NotAllowed: `by` does not keep the centre.
        Closed: it has been closed.
        NotWritten: no code, no such kind, or longer than is kept.
        CodeTaken: another thing of the centre has or had this code.
        TooMany: it has a thousand.
    """
    held = held_open_centre(centre.pk, by=by)
    code, label = " ".join(code.split()), " ".join(label.split())
    if not 0 < len(code) <= 40 or len(label) > 120 or kind not in Equipment.Kind.values:
        raise NotWritten
    if held.equipment.count() >= MOST_EQUIPMENT:
        raise TooMany(MOST_EQUIPMENT)
    if held.equipment.filter(code=code).exists():
        raise CodeTaken
    added = Equipment.objects.create(centre=held, code=code, kind=kind, label=label, added_at=clock.now(), added_by=by)
    record(EquipmentAdded(centre=held.pk, equipment=added.pk, kind=kind), by=by.pk if by else None, about=None)
    return added


@action
def retire_equipment(*, equipment: Equipment, by: Person | None) -> Equipment:
    """The centre no longer has it: it broke, was stolen or went elsewhere.

    Raises:
        NotAllowed: `by` does not keep the centre.
        Retired: it was said before.
        StillLent: somebody has it; she brings it back first, also where that is a matter of words.
    """
    rules.require_keeper(by, equipment.centre_id)
    held = _held(equipment)
    if _open_loan(held):
        raise StillLent(1)
    held.retired_at, held.retired_by = clock.now(), by
    held.save(update_fields=["retired_at", "retired_by"])
    record(EquipmentRetired(centre=held.centre_id, equipment=held.pk), by=by.pk if by else None, about=None)
    return held


@action
def lend_equipment(*, equipment: Equipment, person: Person, due_on: date, note: str = "", by: Person | None) -> Loan:
    """Lend a thing to somebody until the end of `due_on`, in the centre's time. `note` is the state it is in.

    Raises:
        NotAllowed: `by` does not keep the centre, or this person is none of those whom she may see there.
        Closed, Retired, AlreadyLent: see there.
        WrongDay: `due_on` is past, or more than a year away.
        NotWritten: the note is longer than is kept.
    """
    centre = held_open_centre(equipment.centre_id, by=by)
    rules.require_guest(by, person)
    held = _held(equipment)
    today = clock.today(centre.time_zone)
    if not today <= due_on <= today + LONGEST_LOAN:
        raise WrongDay
    if _open_loan(held):
        raise AlreadyLent
    loan = Loan.objects.create(
        equipment=held, person=person, lent_at=clock.now(), lent_by=by, due_on=due_on, note=_note(note)
    )
    record(
        EquipmentLent(centre=centre.pk, equipment=held.pk, loan=loan.pk, due_on=due_on),
        by=by.pk if by else None,
        about=person.pk,
    )
    return loan


@action
def return_equipment(*, loan: Loan, note: str = "", by: Person | None) -> Loan:
    """It was brought back. `note` is the state in which it came.

    Raises:
        NotAllowed: `by` does not keep the centre.
        AlreadyReturned: it was brought back before.
        NotWritten: the note is longer than is kept.
    """
    rules.require_keeper(by, loan.equipment.centre_id)
    held = Loan.objects.select_for_update().get(pk=loan.pk)
    if held.returned_at is not None:
        raise AlreadyReturned
    held.returned_at, held.returned_by, held.return_note = clock.now(), by, _note(note)
    held.save(update_fields=["returned_at", "returned_by", "return_note"])
    record(
        EquipmentReturned(centre=loan.equipment.centre_id, equipment=held.equipment_id, loan=held.pk),
        by=by.pk if by else None,
        about=held.person_id,
    )
    return held


def _held(equipment: Equipment) -> Equipment:
    """The thing, which the centre still has. Raises Retired."""
    held = Equipment.objects.select_for_update().get(pk=equipment.pk)
    if held.retired_at is not None:
        raise Retired
    return held


def _open_loan(equipment: Equipment) -> bool:
    return equipment.loans.filter(returned_at=None).exists()


def _note(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST_NOTE:
        raise NotWritten
    return text
