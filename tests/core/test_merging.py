"""What is changed when two persons become one, and put back."""

import pytest

from tests.apps.programmes.examples import a_person
from trenza.apps.people.models import Card
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.merging import as_json, changed, count_of, from_json, moved, put_back, without

pytestmark = pytest.mark.django_db


def a_card(person, number: int) -> Card:
    now = clock.now()
    return Card.objects.create(person=person, digest=bytes([number]) * 32, made_at=now, expires_on=now.date())


def test_exactly_the_rows_that_were_moved_are_put_back():
    ana, anna = a_person("Ana"), a_person("Anna")
    hers, others = a_card(ana, 1), a_card(anna, 2)

    changes = [moved(Card.objects.all(), "person", anna.pk, ana.pk)]
    kept = as_json(changes)
    later = a_card(ana, 3)

    assert count_of(changes) == 1
    put_back(from_json(kept))
    assert list(Card.objects.filter(person=ana).order_by("pk")) == [hers, later]
    assert list(Card.objects.filter(person=anna)) == [others]


def test_a_row_that_has_changed_or_gone_since_is_left_as_it_is():
    ana, anna, third = (a_person(name) for name in ("Ana", "Anna", "Otra"))
    for number in (1, 2, 3):
        a_card(anna, number)
    change = moved(Card.objects.all(), "person", anna.pk, ana.pk)
    gone, elsewhere, back = Card.objects.order_by("pk")
    gone.delete()
    Card.objects.filter(pk=elsewhere.pk).update(person=third)

    put_back([change])
    put_back([change])

    assert dict(Card.objects.values_list("pk", "person")) == {elsewhere.pk: third.pk, back.pk: anna.pk}


def test_nothing_and_moments_are_kept_as_they_were():
    ana = a_person("Ana")
    card = a_card(ana, 1)
    now = clock.now()

    kept = as_json([changed(Card.objects.all(), before={"revoked_at": None}, after={"revoked_at": now})])

    card.refresh_from_db()
    assert card.revoked_at == now
    put_back(from_json(kept))
    card.refresh_from_db()
    assert card.revoked_at is None


def test_only_what_clashes_with_none_of_the_others_can_be_moved():
    ana, anna = a_person("Ana"), a_person("Anna")
    a_card(ana, 1)
    same, other = a_card(anna, 2), a_card(anna, 3)
    Card.objects.filter(pk=other.pk).update(used_on=clock.now().date())

    left = without(Card.objects.filter(person=anna), Card.objects.filter(person=ana), "expires_on", "used_on")

    assert list(left) == [other]
    assert same.pk != new_id()
    assert as_json([moved(Card.objects.none(), "person", anna.pk, ana.pk)]) == []
