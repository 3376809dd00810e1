"""Wi-Fi vouchers: codes that came as lines, and giving the next one."""

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from trenza.apps.people.api import Person
from trenza.apps.places import rules
from trenza.apps.places.actions.held import held_open_centre
from trenza.apps.places.errors import NoNewVoucher, NoVoucherLeft, TooMany, WrongAmount
from trenza.apps.places.events import VoucherGiven, VouchersImported
from trenza.apps.places.models import Centre, Voucher, VoucherBatch
from trenza.core import clock
from trenza.core.journal import action, record

MOST_LINES: Final = 2_000
LONGEST_CODE: Final = 60
MOST_MINUTES: Final = 60 * 24 * 366
MOST_MEGABYTES: Final = 1_000_000


class Imported(NamedTuple):
    """What came of the lines. The numbers of those left out count from 1, empty ones included."""

    batch: VoucherBatch
    repeated: tuple[int, ...]
    """They stand further up in the same lines."""
    known: tuple[int, ...]
    """The centre has them already."""
    wrong: tuple[int, ...]
    """They are too long, or hold what nobody can type."""


@action
def import_vouchers(
    *,
    centre: Centre,
    lines: Iterable[str],
    minutes: int | None = None,
    megabytes: int | None = None,
    by: Person | None,
) -> Imported:
    """Take vouchers in, one code in each line; those that are there already are left out and told. Each is good for
    so many minutes, or for so many megabytes.

    Raises:
        NotAllowed: `by` does not keep the centre.
        Closed: it has been closed.
        WrongAmount: see there.
        TooMany: more than two thousand lines.
        NoNewVoucher: nothing new stands in them.
    """
    held = held_open_centre(centre.pk, by=by)
    _ensure_amount(minutes, megabytes)
    new, repeated, wrong = _read(lines)
    there = set(Voucher.objects.filter(centre=held, code__in=list(new)).values_list("code", flat=True))
    known = tuple(number for code, number in new.items() if code in there)
    codes = [code for code in new if code not in there]
    if not codes:
        raise NoNewVoucher
    batch = VoucherBatch.objects.create(
        centre=held, minutes=minutes, megabytes=megabytes, size=len(codes), imported_at=clock.now(), imported_by=by
    )
    Voucher.objects.bulk_create(
        [Voucher(batch=batch, centre=held, number=number, code=code) for number, code in enumerate(codes, 1)]
    )
    record(
        VouchersImported(centre=held.pk, batch=batch.pk, vouchers=len(codes)),
        by=by.pk if by else None,
        about=None,
    )
    return Imported(batch, tuple(repeated), known, tuple(wrong))


@action
def give_voucher(
    *, centre: Centre, to: Person | None = None, batch: VoucherBatch | None = None, by: Person | None
) -> Voucher:
    """Give the next voucher (of this batch, or of the oldest that has some), to somebody or to nobody whose name was
    asked. No voucher is given twice: whoever gives another one at the same moment waits for this one.

    Raises:
        NotAllowed: `by` does not keep the centre, or this person is none of those whom she may see there.
        Closed: it has been closed.
        NoVoucherLeft: all have been given.
    """
    held = held_open_centre(centre.pk, by=by)
    if to is not None:
        rules.require_guest(by, to)
    free = Voucher.objects.filter(centre=held, given_at=None)
    if batch is not None:
        free = free.filter(batch=batch)
    voucher = free.select_for_update(of=("self",)).select_related("batch").order_by("batch", "number").first()
    if voucher is None:
        raise NoVoucherLeft
    voucher.given_to, voucher.given_at, voucher.given_by = to, clock.now(), by
    voucher.save(update_fields=["given_to", "given_at", "given_by"])
    record(VoucherGiven(centre=held.pk, voucher=voucher.pk), by=by.pk if by else None, about=to.pk if to else None)
    return voucher


def _ensure_amount(minutes: int | None, megabytes: int | None) -> None:
    if (minutes is None) == (megabytes is None):
        raise WrongAmount
    if minutes is not None and not 0 < minutes <= MOST_MINUTES:
        raise WrongAmount
    if megabytes is not None and not 0 < megabytes <= MOST_MEGABYTES:
        raise WrongAmount


def _read(lines: Iterable[str]) -> tuple[dict[str, int], Collection[int], Collection[int]]:
    """Codes with the numbers of their lines; and the lines that repeat one, or hold none that can be typed."""
    new: dict[str, int] = {}
    repeated, wrong = [], []
    for number, line in enumerate(lines, 1):
        if number > MOST_LINES:
            raise TooMany(MOST_LINES)
        code = line.strip()
        if not code:
            continue
        if len(code) > LONGEST_CODE or not code.isprintable() or not code.isascii():
            wrong.append(number)
        elif code in new:
            repeated.append(number)
        else:
            new[code] = number
    return new, repeated, wrong
