import pytest

from tests.apps.places.examples import a_centre, a_loan, a_person, a_thing, today, vouchers
from trenza.apps.places import privacy
from trenza.apps.places.api import give_voucher, lend_equipment, note_visit, return_equipment
from trenza.apps.places.models import Loan, Visit, Voucher
from trenza.core import journal
from trenza.core.privacy import export_of

pytestmark = pytest.mark.django_db


def somebody_who_came():
    centre, ana = a_centre(), a_person("Ana")
    loan = lend_equipment(equipment=a_thing(centre), person=ana, due_on=today(), note="Nueva", by=None)
    return_equipment(loan=loan, note="Ana la dejó caer", by=None)
    vouchers(centre, "A1")
    give_voucher(centre=centre, to=ana, by=None)
    note_visit(centre=centre, person=ana, day=today(), purpose="wifi", by=None)
    return centre, ana


def test_export_gives_her_what_is_kept_about_her_and_nobody_elses():
    centre, ana = somebody_who_came()
    a_loan(a_thing(centre, "T-2"))
    loan, voucher = Loan.objects.get(person=ana), Voucher.objects.get()

    assert privacy.export(ana.pk) == {
        "centres": [],
        "loans": [
            {
                "centre": "Centro El Alto",
                "thing": "T-1",
                "kind": "tablet",
                "lent_at": loan.lent_at,
                "due_on": today(),
                "note": "Nueva",
                "returned_at": loan.returned_at,
                "return_note": "Ana la dejó caer",
            }
        ],
        "vouchers": [
            {
                "centre": "Centro El Alto",
                "code": "A1",
                "minutes": 60,
                "megabytes": None,
                "given_at": voucher.given_at,
            }
        ],
        "visits": [{"centre": "Centro El Alto", "day": today(), "purpose": "wifi"}],
    }
    assert privacy.export(a_person().pk) == {"centres": [], "loans": [], "vouchers": [], "visits": []}
    assert export_of(ana.pk)["places"] == privacy.export(ana.pk)


def test_erase_removes_what_describes_her_and_leaves_what_is_counted():
    centre, ana = somebody_who_came()
    still = a_loan(a_thing(centre, "T-2"), ana)

    privacy.erase(person=ana.pk)

    assert list(Loan.objects.values_list("person", "note", "return_note")) == [(ana.pk, "", "")] * 2
    assert list(Voucher.objects.exclude(given_at=None).filter(given_to=None).values_list("code", flat=True)) == ["A1"]
    assert list(Visit.objects.filter(person=None).values_list("count", flat=True)) == [1]
    return_equipment(loan=still, by=None)
    assert journal.check() == []
