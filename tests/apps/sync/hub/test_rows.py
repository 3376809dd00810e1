"""Rows go down: only what has changed, page by page, and the newest stays whatever comes in what order."""

import pytest
from django.db import connection

from tests.apps.sync.hub.scene import CENTRE
from tests.apps.sync.hub.toys import shelf
from trenza.apps.sync import api as sync
from trenza.apps.sync.hub import registry, rows_down
from trenza.apps.sync.hub.copies import _Copies
from trenza.apps.sync.models import HubRow, ReceivedRow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_engine]


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr(rows_down, "MOST_ROWS", 4)


def put(*numbers: int, value: str = "here") -> None:
    shelf.of("cell").update({b"%d" % number: [value, number] for number in numbers})


def test_rows_go_down_page_by_page_and_then_nothing(scene):
    put(*range(10))

    assert scene.visit().pages == 3
    assert shelf.of("hub") == shelf.of("cell")
    assert (scene.visit().pages, scene.visit().rounds) == (0, 1)


def test_only_what_has_changed_goes_down(scene):
    put(*range(9))
    scene.visit()
    shelf.applied.clear()
    put(3, value="there")
    del shelf.of("cell")[b"5"]

    scene.visit()

    assert shelf.applied == [(1, 0), (0, 1)]  # what is gone goes last
    assert shelf.of("hub") == shelf.of("cell")


def test_a_row_that_comes_back_after_it_was_gone(scene):
    put(1)
    scene.visit()
    gone = dict(shelf.of("cell"))
    shelf.of("cell").clear()
    scene.visit()
    assert shelf.of("hub") == {}
    shelf.of("cell").update(gone)
    scene.visit()
    assert shelf.of("hub") == gone


@pytest.mark.parametrize("fault", ["cut before", "answer lost", "answer cut off", "said twice", "message cut off"])
@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_line_that_breaks_between_pages(scene, fault, at):
    put(*range(10))
    scene.cable.faults = [None] * at + [fault]
    scene.visit()
    put(2, value="there")
    del shelf.of("cell")[b"7"]

    scene.visit()
    shelf.applied.clear()

    assert shelf.of("hub") == shelf.of("cell")
    assert scene.visit().pages == 0
    assert shelf.applied == []


def test_a_page_that_cannot_be_put_in_place_is_not_acknowledged(scene):
    put(1)
    scene.see(0)
    shelf.broken = True
    assert scene.visit().ended == "rows"
    assert (scene.standing().failure, shelf.of("hub"), scene.cell.said() != []) == ("rows", {}, True)

    shelf.broken = False
    scene.visit()
    assert shelf.of("hub") == shelf.of("cell")


def test_a_hub_from_an_old_copy_is_told_again(scene):
    put(1, 2)
    scene.visit()
    copy, old = scene.hub.copy(), dict(shelf.of("hub"))
    put(2, value="there")
    put(3)
    del shelf.of("cell")[b"1"]
    scene.visit()
    scene.hub.put_back(copy)
    shelf.of("hub").clear()
    shelf.of("hub").update(old)

    scene.visit()

    assert shelf.of("hub") == shelf.of("cell")


def test_a_cell_from_an_old_copy_says_everything_again(scene):
    put(1, 2)
    scene.visit()
    copy, old = scene.cell.copy(), dict(shelf.of("cell"))
    put(2, value="there")
    scene.visit()
    scene.cell.put_back(copy)
    shelf.of("cell").update(old)

    scene.visit()

    assert shelf.of("hub") == shelf.of("cell")


def test_tables_that_the_hub_does_not_know_stay(scene, monkeypatch):
    put(1)
    with monkeypatch.context() as older:
        older.setattr(registry, "hub_tables", dict)
        scene.visit()
    assert shelf.of("hub") == {}
    scene.visit()
    assert shelf.of("hub") == shelf.of("cell")


def test_a_hub_that_understands_more_of_a_table_is_told_its_rows_again(scene, monkeypatch):
    put(1, 2)
    scene.visit()
    shelf.of("hub").clear()  # as if it had passed over what it did not understand
    shelf.applied.clear()
    scene.visit()
    assert shelf.applied == []
    newer = {name: table._replace(form="2") for name, table in registry.hub_tables().items()}
    monkeypatch.setattr(registry, "hub_tables", lambda: newer)
    scene.visit()
    assert shelf.of("hub") == shelf.of("cell")
    shelf.applied.clear()
    scene.visit()
    assert shelf.applied == []


def test_a_row_that_never_changes_is_told_again_with_a_new_field(scene):
    def copies(*fields: str) -> _Copies:
        return _Copies(sync.Hub, fields, lambda _: sync.Hub.objects.all(), immutable=True, altered=None)

    older, newer = copies("name"), copies("name", "program")
    assert older.form != newer.form == copies("program", "name").form
    with scene.cell.here():
        place = registry.HubPlace(CENTRE, CENTRE, b"")
        [(_, before)], [(_, after)] = older.rows(place), newer.rows(place)
        assert (before.tag, after.tag) == (older.form.encode(), newer.form.encode())


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_takes_six_queries_to_make(scene, rows, django_assert_num_queries):
    put(*range(rows))
    with scene.cell.here():
        sync.Hub.objects.update(tables=["toys.shelf"])
        hub = sync.Hub.objects.get(centre=CENTRE)
        connection.ensure_connection()
        with django_assert_num_queries(6):
            rows_down.next_page(hub=hub)
        assert HubRow.objects.count() == rows


def test_what_a_hub_has_is_known_on_both_sides(scene):
    put(1, 2, 3)
    scene.visit()
    with scene.hub.here():
        assert ReceivedRow.objects.count() == 3
    with scene.cell.here():
        assert [row.digest == row.sent for row in HubRow.objects.all()] == [True] * 3
