"""What places keeps about a person: where she comes, what she borrowed, the vouchers she was given, and when
she came."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from trenza.apps.places.models import Loan, Member, Visit, Voucher
from trenza.core import clock
from trenza.core.journal import action
from trenza.core.merging import Change, changed, moved, without
from trenza.core.privacy import register_keeper


def export(person: UUID) -> dict[str, Any]:
    """All of it, for her, the oldest first; with the codes of her vouchers, which are hers."""
    loans = Loan.objects.filter(person=person).select_related("equipment__centre").order_by("lent_at", "id")
    vouchers = Voucher.objects.filter(given_to=person).select_related("batch", "centre").order_by("given_at", "id")
    visits = Visit.objects.filter(person=person, taken_back_at=None).select_related("centre").order_by("day", "id")
    members = Member.objects.filter(person=person).select_related("centre").order_by("added_at", "id")
    return {
        "centres": [
            {"centre": each.centre.name, "added_at": each.added_at, "ended_at": each.ended_at} for each in members
        ],
        "loans": [
            {
                "centre": loan.equipment.centre.name,
                "thing": loan.equipment.code,
                "kind": loan.equipment.kind,
                **{name: getattr(loan, name) for name in ("lent_at", "due_on", "note", "returned_at", "return_note")},
            }
            for loan in loans
        ],
        "vouchers": [
            {
                "centre": voucher.centre.name,
                "code": voucher.code,
                "minutes": voucher.batch.minutes,
                "megabytes": voucher.batch.megabytes,
                "given_at": voucher.given_at,
            }
            for voucher in vouchers
        ],
        "visits": [{"centre": visit.centre.name, "day": visit.day, "purpose": visit.purpose} for visit in visits],
    }


@action
def erase(*, person: UUID) -> None:
    """Remove what describes her: notes of a loan, and whose a visit or a voucher was. That something was lent, given
    or visited stays, so that counts stay true; a thing that she still has stays hers to bring back. No hub of a centre
    knows her any more."""
    Member.objects.filter(person=person, ended_at=None).update(ended_at=clock.now())
    Loan.objects.filter(person=person).update(note="", return_note="")
    Voucher.objects.filter(given_to=person).update(given_to=None)
    Visit.objects.filter(person=person).update(person=None)


def merge(absorbed: UUID, kept: UUID) -> Iterator[Change]:
    """All of it is the kept one's. Where both come to a centre, the other membership ends; where both were noted as
    visitors on a day, the other note stays where it is."""
    yield moved(Loan.objects.all(), "person", absorbed, kept)
    yield moved(Voucher.objects.all(), "given_to", absorbed, kept)
    visits = Visit.objects.filter(taken_back_at=None)
    hers = without(visits.filter(person=absorbed), visits.filter(person=kept), "centre", "day", "purpose")
    yield moved(hers, "person", absorbed, kept)
    members = Member.objects.filter(ended_at=None)
    yield moved(
        without(members.filter(person=absorbed), members.filter(person=kept), "centre"), "person", absorbed, kept
    )
    yield changed(members.filter(person=absorbed), before={"ended_at": None}, after={"ended_at": clock.now()})


def register() -> None:
    """Register with core."""
    register_keeper("places", export=export, erase=lambda person: erase(person=person), merge=merge)
