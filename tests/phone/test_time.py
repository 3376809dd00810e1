"""What her clock and the calendar of the programme say: all is accepted, and a wrong hour changes nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.phone.phone import Phone
from tests.phone.server import Home, Lessons, Women, work


def test_work_after_the_deadline_is_accepted_and_flagged_late(phone: Phone, woman: Women, home: Home):
    """Fault 9. Done two days ago without a signal; the edition ended yesterday; today it arrives, and counts."""
    [lesson] = home.office.programme(code="nueve", lessons=1, questions=3)["lessons"]
    rosa = woman(programme="nueve")
    now = datetime.now(UTC)
    phone.context.clock.set_fixed_time(now - timedelta(days=2))
    phone.begin(rosa)
    phone.line.dead("/sync")
    phone.answer(lesson)
    phone.context.clock.set_fixed_time(now)
    home.office.end_edition(programme="nueve")
    phone.line.heal()
    phone.send()
    phone.until_sent()

    assert home.counted(rosa["person"]) == work(1)
    assert home.scores(rosa["person"], lesson) == {f"p{n}": (1, 1.0) for n in range(3)}
    [(note, times)] = home.office.notes(person=rosa["person"], programme="nueve").items()
    assert note.endswith("después del cierre de la edición.")
    assert times == 4


@pytest.mark.parametrize(
    ("off", "zone"),
    [
        (timedelta(days=365), "America/La_Paz"),
        (timedelta(days=-1), "America/La_Paz"),
        (timedelta(0), "America/Asuncion"),
    ],
    ids=["a year ahead", "a day back", "daylight saving"],
)
def test_clock_that_is_wrong_and_then_corrected_changes_no_order_and_no_count(
    new_phone: Callable[..., Phone], woman: Women, home: Home, lessons: Lessons, off: timedelta, zone: str
):
    """Fault 10. One lesson by the wrong clock, one by the right one; the order is that of the sequence."""
    rosa, phone = woman(), new_phone(timezone_id=zone)
    now = datetime.now(UTC)
    phone.context.clock.set_fixed_time(now + off)
    profile = phone.begin(rosa)
    phone.line.dead("/sync")
    phone.answer(lessons[0])
    phone.context.clock.set_fixed_time(now)
    phone.open("/mi/")
    phone.unlock(profile)
    phone.answer(lessons[1])
    phone.line.heal()
    phone.send()
    phone.until_sent()

    entries = sorted(home.entries(rosa["person"]), key=lambda entry: entry.sequence)
    shown = [datetime.fromisoformat(entry.happened_at).replace(tzinfo=UTC) for entry in entries]
    assert home.counted(rosa["person"]) == work(2)
    assert [entry.data["lesson"].replace("-", "") for entry in entries] == [lessons[0]["id"]] * 4 + [
        lessons[1]["id"]
    ] * 4
    assert abs(shown[0] - now - off) < timedelta(seconds=1)
    assert abs(shown[-1] - now) < timedelta(seconds=1)
    assert max(home.done(rosa["person"])) <= datetime.now(UTC).isoformat(" ")
