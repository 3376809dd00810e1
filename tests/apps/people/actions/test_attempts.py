"""Limits hold across threads, which stand for web processes here."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from trenza.apps.people.actions import attempts
from trenza.apps.people.api import count_code_request, count_code_try
from trenza.apps.people.models import Attempts
from trenza.core.clock import travel

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def request_codes(times: int, email: str = "rosa@demo.example", where: str = "") -> list[bool]:
    return [count_code_request(address=email, connection=where) for _ in range(times)]


@pytest.mark.django_db
def test_codes_to_an_address_are_limited_in_any_spelling():
    with travel(NOON):
        assert request_codes(5) == [True] * 5
        assert request_codes(1, " ROSA@demo.example") == [False]
        assert request_codes(1, "ana@demo.example") == [True]
    with travel(NOON + timedelta(minutes=15)):
        assert request_codes(1) == [True]


@pytest.mark.django_db
def test_codes_for_a_connection_are_limited_whatever_the_address(monkeypatch):
    monkeypatch.setattr(attempts, "CODES_FOR_A_CONNECTION", (attempts.Limit(2, 3600),))
    with travel(NOON):
        asked = [count_code_request(address=f"{n}@demo.example", connection="192.0.2.1") for n in range(3)]
        assert asked == [True, True, False]
        assert count_code_request(address="3@demo.example", connection="192.0.2.2")


@pytest.mark.django_db
def test_attempts_hold_no_address_and_go_when_their_window_ends():
    with travel(NOON):
        request_codes(1, where="192.0.2.1")
        assert [len(row.subject) for row in Attempts.objects.all()] == [64, 64, 64]
    with travel(NOON + timedelta(days=2)):
        count_code_try(address="ana@demo.example", connection="")
        assert Attempts.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_tries_sent_at_once_cannot_race_the_limit():
    def attempt(_: int) -> bool:
        try:
            return count_code_try(address="rosa@demo.example", connection="")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        allowed = list(threads.map(attempt, range(40)))

    # Two windows of a quarter of an hour, should the test run over a border.
    assert sum(allowed) in (15, 30)
