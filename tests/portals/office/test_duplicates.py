"""The pages on which somebody decides about two records."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.admissions.examples import a_call, a_person, an_application
from tests.portals.office.people import sign_in, staff
from trenza.apps.people.api import DuplicatePair, Merge, Person, grant_role, note_pair
from trenza.core.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two() -> tuple[Person, Person]:
    call = a_call()
    one, other = (a_person(n, given_name=name) for n, name in enumerate(("Ximena", "Jimena"), 1))
    an_application(call, 1, person=one)
    return one, other


@pytest.fixture
def pair(two: tuple[Person, Person]) -> DuplicatePair:
    return note_pair(one=two[0], other=two[1], found="nightly", score=0.97)


@pytest.fixture
def olga() -> Client:
    client = Client()
    sign_in(client, staff("coordinator"))
    return client


def text(client: Client, name: str, *args: Any, **data: str) -> str:
    response = client.get(reverse(name, args=args), data)
    assert response.status_code == 200
    return response.content.decode()


def test_list_shows_what_waits_and_behind_a_filter_what_was_decided(olga, pair):
    assert "Jimena" in text(olga, "office_duplicates")
    assert "Jimena" in text(olga, "office_duplicates", q="jimena")
    assert "Jimena" not in text(olga, "office_duplicates", q="berta")

    olga.post(reverse("office_duplicate_apart", args=[pair.pk]))

    assert "Jimena" not in text(olga, "office_duplicates")
    assert "Jimena" in text(olga, "office_duplicates", state="different")
    pair.refresh_from_db()
    assert pair.state == "different"
    again = olga.post(reverse("office_duplicate_apart", args=[pair.pk]), follow=True)
    assert "Alguien ya decidió" in again.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_for_three_as_for_one(olga, pair, count, django_assert_max_num_queries):
    for n in range(10, 10 + count):
        note_pair(one=pair.first, other=a_person(n), found="entry")
    text(olga, "office_duplicates")

    with django_assert_max_num_queries(16):
        text(olga, "office_duplicates")


def test_both_records_stand_beside_each_other_with_what_agrees_and_differs(olga, pair):
    shown = text(olga, "office_duplicate", pair.pk)

    assert "Coincide" in shown
    assert "No coincide" in shown
    assert reverse("office_merge", args=[pair.pk, pair.first_id]) in shown


def test_merging_asks_how_she_knows_it_and_can_be_undone_from_the_record_that_is_kept(olga, pair):
    address = reverse("office_merge", args=[pair.pk, pair.second_id])
    assert "Elige cómo lo sabes" in olga.post(address).content.decode()
    assert Merge.objects.count() == 0

    done = olga.post(address, {"reason": "document"}, follow=True)

    assert done.redirect_chain == [(reverse("office_person", args=[pair.second_id]), 302)]
    merge = Merge.objects.get()
    assert (merge.absorbed_id, merge.kept_id, merge.reason) == (pair.first_id, pair.second_id, "document")
    assert "Se encontró otra ficha suya" in done.content.decode()
    assert olga.get(reverse("office_person", args=[pair.first_id])).status_code == 404
    assert olga.get(address).status_code == 404

    assert "Volver a separar" in text(olga, "office_merge_undo", merge.pk)
    undone = olga.post(reverse("office_merge_undo", args=[merge.pk]), follow=True)
    assert "Otra vez son dos fichas" in undone.content.decode()
    assert olga.get(reverse("office_person", args=[pair.first_id])).status_code == 200
    again = olga.post(reverse("office_merge_undo", args=[merge.pk]), follow=True)
    assert "Ahora no se puede deshacer" in again.content.decode()


def test_what_stands_against_it_is_said_and_nothing_is_done(olga, pair):
    grant_role(person=pair.first, role="mentor", scope_kind="all", scope=None, by=None)
    address = reverse("office_merge", args=[pair.pk, pair.second_id])

    shown = text(olga, "office_merge", pair.pk, pair.second_id)
    assert "una función en el equipo" in shown
    assert f"Se conserva la ficha de {pair.second.name}. La de {pair.first.name}" in shown
    assert "una función en el equipo" in olga.post(address, {"reason": "said"}).content.decode()
    assert Merge.objects.count() == 0
    assert olga.get(reverse("office_merge", args=[pair.pk, new_id()])).status_code == 404


def test_another_record_is_looked_for_by_hand(olga, two):
    one, other = two
    address = reverse("office_other_record", args=[one.pk])

    assert "Comparar con Jimena" in text(olga, "office_other_record", one.pk, q="jimena")
    assert "se llama así" in text(olga, "office_other_record", one.pk, q="Berta\0")
    made = olga.post(address, {"other": str(other.pk)})

    pair = DuplicatePair.objects.get()
    assert made["Location"] == reverse("office_duplicate", args=[pair.pk])
    assert pair.found == "by_hand"
    assert "Jimena" in text(olga, "office_person", one.pk)
    for strange in ("", "x", str(one.pk), str(new_id())):
        assert olga.post(address, {"other": strange}).status_code == 404
