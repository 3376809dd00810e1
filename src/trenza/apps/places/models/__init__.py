from trenza.apps.places.models.centre import Centre, OpeningHours
from trenza.apps.places.models.equipment import Equipment, Loan
from trenza.apps.places.models.member import Member
from trenza.apps.places.models.visit import Visit
from trenza.apps.places.models.voucher import Voucher, VoucherBatch

__all__ = ["Centre", "Equipment", "Loan", "Member", "OpeningHours", "Visit", "Voucher", "VoucherBatch"]
