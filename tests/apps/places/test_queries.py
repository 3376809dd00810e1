from datetime import timedelta

import pytest

from tests.apps.places.examples import a_centre, a_loan, a_person, a_thing, today, vouchers
from trenza.apps.places.api import (
    Figures,
    close_centre,
    equipment_of,
    figures_of,
    give_voucher,
    latest_visits,
    lent_by,
    note_visit,
    note_visits,
    open_centres,
    retire_equipment,
    return_equipment,
    stock_of,
    take_back_visit,
    visits_by_day,
)
from trenza.apps.places.models import Loan

pytestmark = pytest.mark.django_db


def late(loan: Loan, days: int) -> Loan:
    """As if it had been due so many days ago."""
    Loan.objects.filter(pk=loan.pk).update(due_on=today() - timedelta(days=days))
    return loan


def test_lent_by_says_what_is_late_first():
    centre = a_centre()
    due, very_late, returned = (a_loan(a_thing(centre, code)) for code in ("A", "B", "C"))
    late(very_late, 3)
    return_equipment(loan=returned, by=None)
    a_loan(a_thing(a_centre("otro")))

    assert [tuple(each) for each in lent_by(centre)] == [(very_late, True), (due, False)]


def test_a_loan_is_not_late_on_its_last_day():
    centre = a_centre()
    late(a_loan(a_thing(centre)), 0)

    assert [each.late for each in lent_by(centre)] == [False]


def test_equipment_of_leaves_out_what_is_gone():
    centre = a_centre()
    there, gone = a_thing(centre, "B"), a_thing(centre, "A")
    retire_equipment(equipment=gone, by=None)

    assert list(equipment_of(centre)) == [there]


def test_stock_of_counts_what_is_left_in_the_order_of_giving():
    centre = a_centre()
    old, empty, new = vouchers(centre, "A1", "A2"), vouchers(centre, "B1"), vouchers(centre, "C1")
    give_voucher(centre=centre, by=None)
    give_voucher(centre=centre, batch=empty, by=None)

    assert [tuple(each) for each in stock_of(centre)] == [(old, 1), (new, 1)]


def test_visits_by_day_adds_up_without_what_was_taken_back():
    centre, ana = a_centre(), a_person()
    note_visits(centre=centre, count=3, day=today(), purpose="wifi", by=None)
    note_visit(centre=centre, person=ana, day=today(), purpose="wifi", by=None)
    note_visit(centre=centre, person=ana, day=today(), purpose="class", by=None)
    take_back_visit(visit=note_visits(centre=centre, count=9, day=today(), purpose="help", by=None), by=None)
    note_visits(centre=centre, count=2, day=today() - timedelta(days=2), purpose="help", by=None)
    note_visits(centre=centre, count=2, day=today() - timedelta(days=14), purpose="help", by=None)

    assert [tuple(each) for each in visits_by_day(centre)] == [
        (today(), 5, {"wifi": 4, "class": 1}),
        (today() - timedelta(days=2), 2, {"help": 2}),
    ]
    assert [visit.count for visit in latest_visits(centre, 2)] == [2, 2]


@pytest.mark.parametrize("centres", [1, 3])
def test_figures_of_takes_four_queries_and_is_of_each_centre(centres, django_assert_num_queries):
    found = []
    for n in range(centres):
        centre = a_centre(f"centro-{n}")
        late(a_loan(a_thing(centre, "A")), 1)
        a_loan(a_thing(centre, "B"))
        a_thing(centre, "C")
        vouchers(centre, *(str(code) for code in range(n + 2)))
        give_voucher(centre=centre, by=None)
        note_visits(centre=centre, count=2, day=today() - timedelta(days=n), purpose="help", by=None)
        found.append(centre)
    empty = a_centre("vacio")

    with django_assert_num_queries(4):
        figures = figures_of([*found, empty])

    assert figures == {
        **{centre.pk: Figures(3, 2, 1, n + 1, today() - timedelta(days=n)) for n, centre in enumerate(found)},
        empty.pk: Figures(),
    }


@pytest.mark.parametrize("centres", [1, 3])
def test_open_centres_come_with_their_hours_and_without_the_closed(centres, django_assert_num_queries):
    found = [a_centre(f"centro-{n}", name=f"Centro {n}") for n in range(centres)]
    close_centre(centre=a_centre("cerrado"), by=None)
    chile = a_centre("chile", country="CL", name="A")

    with django_assert_num_queries(2):
        assert [(centre, list(centre.hours.all())) for centre in open_centres()] == [
            (centre, []) for centre in [*found, chile]
        ]
