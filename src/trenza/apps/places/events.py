"""What places records. Ids and codes only: no name, address or voucher."""

from uuid import UUID

from trenza.core.journal import Code, Decision, kind


@kind("places.centre_opened.v1")
class CentreOpened(Decision, frozen=True):
    centre: UUID
    code: Code
    country: Code


__all__ = ["CentreOpened"]
