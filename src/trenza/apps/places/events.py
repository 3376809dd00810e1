"""What places records. Ids and codes only: no name, address or voucher."""

from datetime import date
from uuid import UUID

from trenza.core.journal import Code, Decision, kind


@kind("places.centre_opened.v1")
class CentreOpened(Decision, frozen=True):
    centre: UUID


@kind("places.centre_changed.v1")
class CentreChanged(Decision, frozen=True):
    """`fields` are those that are other now."""

    centre: UUID
    fields: list[Code]


@kind("places.opening_hours_set.v1")
class OpeningHoursSet(Decision, frozen=True):
    """All of them at once; `hours` is how many there are in a week."""

    centre: UUID
    hours: int


@kind("places.centre_closed.v1")
class CentreClosed(Decision, frozen=True):
    """For good, or until it is opened again."""

    centre: UUID


@kind("places.centre_reopened.v1")
class CentreReopened(Decision, frozen=True):
    centre: UUID


@kind("places.equipment_added.v1")
class EquipmentAdded(Decision, frozen=True):
    centre: UUID
    equipment: UUID
    kind: Code


@kind("places.equipment_retired.v1")
class EquipmentRetired(Decision, frozen=True):
    centre: UUID
    equipment: UUID


@kind("places.equipment_lent.v1")
class EquipmentLent(Decision, frozen=True):
    """About the person who has it now."""

    centre: UUID
    equipment: UUID
    loan: UUID
    due_on: date


@kind("places.equipment_returned.v1")
class EquipmentReturned(Decision, frozen=True):
    centre: UUID
    equipment: UUID
    loan: UUID


@kind("places.vouchers_imported.v1")
class VouchersImported(Decision, frozen=True):
    centre: UUID
    batch: UUID
    vouchers: int


@kind("places.voucher_given.v1")
class VoucherGiven(Decision, frozen=True):
    """About the person who has it now; about nobody where no name was asked."""

    centre: UUID
    voucher: UUID


@kind("places.visit_noted.v1")
class VisitNoted(Decision, frozen=True):
    """About the person who came; about nobody where no name was asked."""

    centre: UUID
    visit: UUID
    day: date
    purpose: Code
    count: int


@kind("places.visit_taken_back.v1")
class VisitTakenBack(Decision, frozen=True):
    """It had been noted by mistake."""

    centre: UUID
    visit: UUID


__all__ = [
    "CentreChanged",
    "CentreClosed",
    "CentreOpened",
    "CentreReopened",
    "EquipmentAdded",
    "EquipmentLent",
    "EquipmentRetired",
    "EquipmentReturned",
    "OpeningHoursSet",
    "VisitNoted",
    "VisitTakenBack",
    "VoucherGiven",
    "VouchersImported",
]


@kind("places.member_added.v1")
class MemberAdded(Decision, frozen=True):
    """She comes to this centre."""

    centre: UUID
    member: UUID


@kind("places.member_ended.v1")
class MemberEnded(Decision, frozen=True):
    """She does not come there any more."""

    centre: UUID
    member: UUID
