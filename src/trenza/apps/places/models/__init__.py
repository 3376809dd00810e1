from trenza.apps.places.models.centre import Centre, OpeningHours
from trenza.apps.places.models.equipment import Equipment, Loan
from trenza.apps.places.models.visit import Visit
from trenza.apps.places.models.voucher import Voucher, VoucherBatch

__all__ = ["Centre", "Equipment", "Loan", "OpeningHours", "Visit", "Voucher", "VoucherBatch"]
