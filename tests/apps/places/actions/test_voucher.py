import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.places.examples import a_centre, a_person, a_trainer, vouchers
from tests.journal import journal
from trenza.apps.places.actions import close_centre, give_voucher, import_vouchers
from trenza.apps.places.actions import voucher as module
from trenza.apps.places.errors import Closed, NoNewVoucher, NoVoucherLeft, TooMany, WrongAmount
from trenza.apps.places.models import Voucher, VoucherBatch
from trenza.core import journal as core_journal
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def codes() -> list[str]:
    return list(Voucher.objects.order_by("batch", "number").values_list("code", flat=True))


def test_import_vouchers_takes_new_ones_and_tells_the_lines_of_the_others():
    centre, other = a_centre(), a_centre("otro")
    vouchers(centre, "A1")
    vouchers(other, "B1")

    imported = import_vouchers(
        centre=centre, lines=[" B1 ", "", "A1", "B1", "x" * 61, "C\x001", "ñ", "C1"], megabytes=500, by=None
    )

    assert imported[1:] == ((4,), (3,), (5, 6, 7))
    assert (imported.batch.size, imported.batch.megabytes, imported.batch.minutes) == (2, 500, None)
    assert codes() == ["A1", "B1", "B1", "C1"]
    assert journal()[-1][3] == {"centre": str(centre.pk), "batch": str(imported.batch.pk), "vouchers": 2}


@pytest.mark.parametrize(
    "amount",
    [{}, {"minutes": 1, "megabytes": 1}, {"minutes": 0}, {"megabytes": -1}, {"minutes": 10**9}, {"megabytes": 10**9}],
)
def test_import_vouchers_good_for_nothing_is_refused(amount):
    with pytest.raises(WrongAmount):
        import_vouchers(centre=a_centre(), lines=["A1"], by=None, **amount)


def test_import_vouchers_with_nothing_new_or_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST_LINES", 3)
    centre = a_centre()
    vouchers(centre, "A1")

    with pytest.raises(NoNewVoucher):
        vouchers(centre, "A1", "", " ")
    with pytest.raises(TooMany):
        vouchers(centre, "B1", "B2", "B3", "B4")

    assert codes() == ["A1"]


@given(st.lists(st.text(st.sampled_from("ab \t\x00ñ"), max_size=3), max_size=8))
def test_every_line_is_taken_or_told(lines):
    new, repeated, wrong = module._read(lines)

    told = sorted([*new.values(), *repeated, *wrong])
    assert told == [number for number, line in enumerate(lines, 1) if line.strip()]
    assert all(code == code.strip() and code.isascii() and code.isprintable() for code in new)


def test_give_voucher_gives_each_once_the_oldest_first():
    centre, keeper, ana = a_centre(), a_trainer(), a_person("Ana")
    vouchers(centre, "A2", "A1")
    newer = vouchers(centre, "B1")

    given_ = [give_voucher(centre=centre, to=to, by=keeper) for to in (ana, None)]
    chosen = give_voucher(centre=centre, batch=newer, by=keeper)
    with pytest.raises(NoVoucherLeft):
        give_voucher(centre=centre, by=keeper)

    assert [voucher.code for voucher in [*given_, chosen]] == ["A2", "A1", "B1"]
    assert [(about, data["voucher"]) for _kind, about, _by, data in journal()[-3:]] == [
        (ana.pk, str(given_[0].pk)),
        (None, str(given_[1].pk)),
        (None, str(chosen.pk)),
    ]
    assert core_journal.check() == []


def test_no_code_is_in_the_journal_or_in_the_text_of_a_row():
    centre = a_centre()
    vouchers(centre, "SECRETO-1")
    voucher = give_voucher(centre=centre, by=None)

    assert "SECRETO" not in repr(journal())
    assert "SECRETO" not in f"{voucher} {voucher!r}"


def test_give_voucher_of_another_centre_or_a_closed_one_is_refused():
    centre, other = a_centre(), a_centre("otro")
    batch = vouchers(other, "A1")
    with pytest.raises(NoVoucherLeft):
        give_voucher(centre=centre, batch=batch, by=None)
    close_centre(centre=other, by=None)
    with pytest.raises(Closed):
        give_voucher(centre=other, by=None)
    with pytest.raises(Closed):
        vouchers(other, "A2")


def test_who_does_not_keep_the_centre_takes_in_and_gives_nothing():
    centre, other = a_centre(), a_centre("otro")
    vouchers(centre, "A1")
    keeper = a_trainer("centre", centre.pk)

    for by in (a_trainer("centre", other.pk), a_trainer(role="auditor"), a_person()):
        with pytest.raises(NotAllowed):
            give_voucher(centre=centre, by=by)
        with pytest.raises(NotAllowed):
            import_vouchers(centre=centre, lines=["A2"], minutes=5, by=by)
    with pytest.raises(NotAllowed):
        give_voucher(centre=centre, to=a_person(), by=keeper)

    assert Voucher.objects.filter(given_at=None).count() == 1


def test_the_database_refuses_what_no_action_would_write():
    centre, ana = a_centre(), a_person()
    batch = vouchers(centre, "A1")
    for broken in (
        lambda: Voucher.objects.create(batch=batch, centre=centre, number=2, code="A1"),
        lambda: Voucher.objects.update(given_to=ana),
        lambda: VoucherBatch.objects.update(megabytes=5),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()
