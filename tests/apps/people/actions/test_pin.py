from datetime import UTC, date, datetime, timedelta

import pytest

from trenza.apps.people.api import (
    PinResult,
    WeakPin,
    check_pin,
    give_start_pin,
    grant_role,
    has_pin,
    pin_must_change,
    set_pin,
)
from trenza.apps.people.events import PinSet
from trenza.apps.people.models import Pin
from trenza.apps.people.pins import weakness
from trenza.core.clock import travel
from trenza.core.errors import NotAllowed
from trenza.core.journal import everything

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "１２７４", "-123", " 274"])
def test_a_pin_has_four_to_eight_digits(pin):
    assert weakness(pin) == "digits"


@pytest.mark.parametrize("pin", ["0000", "7777777", "1212", "123123", "1234", "7890", "4321", "98765432"])
def test_a_pin_neither_repeats_nor_counts(pin):
    assert weakness(pin) == "easy"


@pytest.mark.parametrize("pin", ["1994", "0703", "070394", "19940307"])
def test_a_pin_is_not_her_birthday(pin):
    assert weakness(pin, date(1994, 3, 7)) == "birthday"
    assert weakness(pin, date(1980, 12, 24)) is None


@pytest.mark.django_db
def test_set_pin_replaces_the_one_before_and_keeps_no_digits(person):
    ana = person("Ana")
    assert (has_pin(ana), check_pin(person=ana, pin="2741").result) == (False, PinResult.NONE)

    set_pin(person=ana, pin="2741", by=ana)
    set_pin(person=ana, pin="90215", by=ana)

    kept = Pin.objects.get()
    assert "90215" not in kept.hash
    assert [check_pin(person=ana, pin=pin).result for pin in ("2741", "90215", "9" * 5_000)] == [
        PinResult.WRONG,
        PinResult.RIGHT,
        PinResult.WRONG,
    ]
    assert [line.event for line in everything()][-2:] == [PinSet(pin=kept.pk, temporary=False)] * 2


@pytest.mark.django_db
def test_set_pin_of_somebody_else_or_too_easy_is_refused(person):
    ana, rosa = person("Ana"), person("Rosa")
    with pytest.raises(NotAllowed):
        set_pin(person=ana, pin="2741", by=rosa)
    with pytest.raises(WeakPin) as refused:
        set_pin(person=ana, pin="1234", by=ana)
    assert (refused.value.why, has_pin(ana)) == ("easy", False)


@pytest.mark.django_db
def test_check_pin_compares_five_times_in_a_quarter_of_an_hour_and_twenty_a_day(person):
    ana = person("Ana")
    set_pin(person=ana, pin="2741", by=ana)
    results = []
    for quarter in range(5):
        with travel(NOON + timedelta(minutes=15 * quarter)):
            results.append([check_pin(person=ana, pin="2740").result for _ in range(5)])
            assert check_pin(person=ana, pin="2741").result is PinResult.TOO_MANY

    # Tries beyond the fifth count for the day as well: six in each of three quarters, then two are left.
    wrong, too_many = PinResult.WRONG, PinResult.TOO_MANY
    assert results == [*[[wrong] * 5] * 3, [wrong] * 2 + [too_many] * 3, [too_many] * 5]


@pytest.mark.django_db
def test_a_start_pin_works_once_within_a_day_and_must_be_changed(person):
    ana = person("Ana")
    with travel(NOON):
        pin = give_start_pin(person=ana, by=None)
        assert len(pin) == 6
        assert pin_must_change(ana)
        first, second = (check_pin(person=ana, pin=pin) for _ in range(2))
        assert (first.right, first.must_change, second.result) == (True, True, PinResult.EXPIRED)
        set_pin(person=ana, pin="2741", by=ana)
        assert not pin_must_change(ana)
        late = give_start_pin(person=ana, by=None)
    with travel(NOON + timedelta(hours=24)):
        assert check_pin(person=ana, pin=late).result is PinResult.EXPIRED


@pytest.mark.django_db
def test_give_start_pin_takes_who_may_help_and_never_for_the_team(person):
    ana, rosa, chief = person("Ana"), person("Rosa"), person("Chief")
    grant_role(person=chief, role="administrator", by=None)
    with pytest.raises(NotAllowed):
        give_start_pin(person=ana, by=rosa)
    with pytest.raises(NotAllowed):
        give_start_pin(person=ana, by=ana)
    assert give_start_pin(person=ana, by=chief).isdigit()
