"""Many at once: real threads, a connection each, everything committed. On SQLite and on PostgreSQL."""

from collections import Counter
from functools import partial

import pytest

from tests.apps.admissions.test_concurrency import at_once
from tests.apps.places.examples import a_centre, a_person, a_thing, today, vouchers
from trenza.apps.places.actions import give_voucher, lend_equipment
from trenza.apps.places.errors import AlreadyLent, CodeTaken, NoVoucherLeft
from trenza.apps.places.models import Centre, Loan, Voucher

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_voucher_is_given_twice_and_none_is_left_over():
    centre = a_centre()
    vouchers(centre, *(f"A{n}" for n in range(5)))

    happened = at_once([partial(give_voucher, centre=centre, by=None)] * 8)

    assert happened == Counter({Voucher: 5, NoVoucherLeft: 3})
    assert Voucher.objects.filter(given_at__isnull=False).count() == 5


def test_a_code_is_taken_by_one_of_many():
    happened = at_once([a_centre] * 4)

    assert happened == Counter({Centre: 1, CodeTaken: 3})


def test_a_thing_is_lent_to_one_of_many():
    thing = a_thing(a_centre())
    people = [a_person() for _ in range(6)]

    happened = at_once(
        [partial(lend_equipment, equipment=thing, person=person, due_on=today(), by=None) for person in people]
    )

    assert happened == Counter({Loan: 1, AlreadyLent: 5})
