"""A published call from memory: read once, never late, and never with what is taken of its seats."""

import time
from typing import Any

import pytest
from django.db.models import prefetch_related_objects

from tests.apps.admissions.examples import a_call, a_programme, with_seats
from tests.core.journal.toys import choose
from trenza.apps.admissions import remembered
from trenza.apps.admissions.api import Call, publish_call, published_call, seats_of
from trenza.apps.admissions.models import SeatPool

pytestmark = pytest.mark.django_db


def again(call: Call) -> Call:
    found = published_call(call.programme.code, call.code)
    assert found is not None
    return found


def test_a_call_is_read_once_with_what_it_points_at(django_assert_num_queries: Any):
    call = a_call(a_programme(regions=3))
    with django_assert_num_queries(4):  # where the journal stands, the call, its regions and tracks
        again(call)

    with django_assert_num_queries(1):
        found = again(call)
        assert (found, found.programme, found.edition.pk) == (call, call.programme, call.edition_id)
        assert found.form is not None
        assert found.form.questionnaire.code == "beca"
        assert len(found.regions.all()) == 3
        assert found.tracks_offered == [call.track]


def test_what_changes_with_an_entry_about_nobody_is_seen_at_once():
    call = a_call()
    again(call)
    Call.objects.filter(pk=call.pk).update(name="Otro nombre")
    choose(number=1)

    assert again(call).name == "Otro nombre"


def test_a_call_is_there_once_it_is_published():
    call = a_call(published_at=None)
    assert published_call(call.programme.code, call.code) is None

    publish_call(call=call, by=None)

    assert again(call) == call


def test_what_changed_by_hand_is_seen_soon(monkeypatch: pytest.MonkeyPatch):
    call = a_call()
    again(call)
    Call.objects.filter(pk=call.pk).update(name="Otro nombre")
    assert again(call).name == "Becas 2026"

    later = time.monotonic() + remembered.SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)

    assert again(call).name == "Otro nombre"


def test_seats_are_those_of_now_and_nobody_changes_the_call_of_another():
    call = with_seats(a_call(), 5)
    first = again(call)
    first.name = "Mía"
    prefetch_related_objects([first], "pools")  # as a page does
    assert seats_of(first).total == 5
    SeatPool.objects.update(taken=2)

    assert seats_of(again(call)).total == 3
    assert again(call).name == "Becas 2026"


def test_a_hub_remembers_none(settings: Any, django_assert_num_queries: Any):
    """Its definitions come without entries of its own."""
    settings.IS_HUB = True
    call = a_call()
    for _ in range(2):
        with django_assert_num_queries(3):
            again(call)


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(remembered, "MOST", 2)
    programme = a_programme()
    for number in range(5):
        again(a_call(programme, f"beca-{number}"))

    assert len(remembered._kept) == 1
