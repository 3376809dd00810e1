"""What was sent arrived, and the phone did not hear of it; or not all arrived. It goes again, and counts once."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID

from tests.phone import faults as bad
from tests.phone.carrier import deliver, phone_of
from tests.phone.phone import Phone, wait_a_moment
from tests.phone.server import Home, Lessons, Women, work

SPOIL = """async () => {
  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await settled(indexedDB.open("trenza"));
  const outbox = database.transaction("outbox", "readwrite").objectStore("outbox");
  const [, second] = await settled(outbox.getAll());
  second.sealed[3] ^= 1;
  await settled(outbox.put(second));
  database.close();
}"""


def test_answer_that_is_lost_after_the_server_committed_makes_no_second_entry(
    phone: Phone, woman: Women, home: Home, lessons: Lessons
):
    """Fault 3. The server has it, the phone has not heard of it, and sends again."""
    rosa = woman()
    phone.begin(rosa)
    lost = phone.line.fault("/sync", bad.lose_answer, times=1)
    phone.answer(lessons[0])
    phone.until(lambda: lost.met)
    phone.send()
    phone.until_sent()

    said = [(each.server, each.status) for each in phone.line.asked("/sync") if each.sent]
    assert home.counted(rosa["person"]) == work(1)
    assert (200, 0) in said
    assert said[-1] == (200, 200)


def test_two_hundred_entries_that_are_cut_at_the_half_arrive_once(
    phone: Phone, woman: Women, home: Home, lessons: Lessons
):
    """Fault 4. Cut on the way up, and on the way back: what no answer names stays, and goes again."""
    rosa = woman()
    phone.begin(rosa)
    phone.line.dead("/sync")
    phone.act(lessons[0], times=50)
    assert sum(record["count"] for record in phone.kept_in("outbox")) == 200
    phone.line.heal()
    up = phone.line.fault("/sync", bad.cut_upload(0.5), times=1)
    phone.send()
    assert (up.met, phone.waiting(), home.counted(rosa["person"])) == (1, 50, {})
    phone.line.fault("/sync", bad.cut_answer(0.5), times=1)
    phone.send()
    assert phone.waiting() == 50
    phone.send()
    phone.until_sent()

    assert home.counted(rosa["person"]) == {"question_answered": 150, "lesson_completed": 50}


def test_batch_sent_by_two_tabs_and_once_more_at_the_same_time_counts_once(
    phone: Phone, woman: Women, home: Home, lessons: Lessons
):
    """Fault 5. Two tabs send at once, and each request reaches the server three times at once."""
    rosa = woman()
    phone.begin(rosa)
    other = phone.tab()
    other.goto(phone.line.url + lessons[1]["url"])
    phone.line.dead("/sync")
    for lesson in lessons[:3]:
        phone.answer(lesson)
    phone.line.heal()
    thrice = phone.line.fault("/sync", bad.thrice)
    for page in (phone.page, other):
        phone.send(page=page, wait=False)
    phone.until_sent()

    assert thrice.met > 0
    assert home.counted(rosa["person"]) == work(3)
    assert home.office.check() == []


def test_poison_record_is_put_aside_and_the_others_go_on(phone: Phone, woman: Women, home: Home, lessons: Lessons):
    """Fault 23. One record was spoilt where it lay; it stays, with its reason, and holds up nobody."""
    rosa = woman()
    phone.begin(rosa)
    phone.line.dead("/sync")
    for lesson in lessons[:3]:
        phone.answer(lesson)
    phone.page.evaluate(SPOIL)
    phone.line.heal()
    phone.send()
    phone.until_sent()

    [kept] = phone.kept_in("outbox")
    assert home.counted(rosa["person"]) == work(2)
    assert kept["state"] == "refused"
    assert kept["reason"]


def test_phone_waits_as_long_as_a_busy_server_asks(phone: Phone, woman: Women, home: Home, lessons: Lessons):
    """Fault 24. 429 and 503 say when to come back: not sooner, even if she taps; then it goes by itself."""
    rosa = woman()
    phone.begin(rosa)
    for status in (429, 503):
        busy = phone.line.fault("/sync", bad.say(status, '{"error": "busy"}', Retry_After="3"), times=1)
        phone.answer(lessons[0])
        phone.until(partial(getattr, busy, "met"))
        asked = len(phone.line.asked("/sync"))
        phone.send()
        wait_a_moment(phone.page, 0.5)
        assert len(phone.line.asked("/sync")) == asked
        assert phone.waiting() == 1
        phone.until(lambda: phone.sent())

    assert home.counted(rosa["person"]) == work(2)


def test_thirty_phones_that_come_back_together_all_arrive(
    phone: Phone, woman: Women, home: Home, lessons: Lessons, server: str
):
    """Fault 27. The signal comes back to a centre: twenty-nine phones and one browser deliver at the same moment."""
    women = [woman() for _ in range(29)]
    others = [phone_of(home.office.profile(person=each["person"])) for each in women]
    kept = [[other.lesson(UUID(lesson["id"]), [[1], [1], [1]]) for lesson in lessons] for other in others]
    rosa = woman()
    phone.begin(rosa)
    phone.line.dead("/sync")
    for lesson in lessons:
        phone.act(lesson)
    phone.line.heal()
    with ThreadPoolExecutor(30) as together:
        tokens = [other.keys.deliver for other in others]
        sent = [together.submit(deliver, server, token, records) for token, records in zip(tokens, kept, strict=True)]
        phone.send(wait=False)
        phone.until(lambda: all(each.done() for each in sent), within=30)
    phone.until_sent()

    assert [each.result() for each in sent] == [["accepted"] * 4] * 29
    assert [home.counted(each["person"]) for each in [*women, rosa]] == [work(4)] * 30
