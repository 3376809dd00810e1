"""POST /sync, from a phone's side."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import permutations
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.journal import journal
from tests.phone_client import BATCH, MONDAY, Phone, base64url, body, post, statuses
from tests.portals.learner.scene import lessons, rosa
from trenza.apps.people.api import PersonDevice, revoke_device
from trenza.apps.sync.models import UnopenedRecord
from trenza.core.journal import check, everything, take_in
from trenza.core.models import SetAside
from trenza.core.sealing import Record
from trenza.portals.api.pace import Pace
from trenza.portals.api.views import sync as view

pytestmark = pytest.mark.django_db
RIGHT = [[1], [0, 1]]
"""Right answers to the two questions of the sample course's first lesson."""


def test_a_lesson_becomes_entries_about_the_person_whose_phone_it_is(client, course, ana):
    phone, lesson = Phone.of(ana), lessons(course)[0]

    response = phone.send(client, [phone.lesson(lesson.pk, RIGHT)])

    assert response.json()["answers"] == [[phone.keys.device.hex, 1, "accepted", ""]]
    assert (response["Cache-Control"], response["Content-Type"]) == ("no-store", "application/json")
    assert [(line.sequence, line.person, line.by, line.kind.split(".")[1]) for line in everything()][-3:] == [
        (1, ana.pk, ana.pk, "question_answered"),
        (2, ana.pk, ana.pk, "question_answered"),
        (3, ana.pk, ana.pk, "lesson_completed"),
    ]
    assert {line.happened_at for line in everything() if line.device == phone.keys.device} == {
        datetime.fromtimestamp(MONDAY / 1_000, UTC)
    }


def test_the_answer_says_what_the_phone_needs_to_believe_it(client, ana):
    said = Phone.of(ana).send(client).json()
    assert (said["v"], said["batch"], said["can"], said["answers"]) == (1, BATCH.hex(), ["gzip"], [])
    assert (said["state"], said["revoked"], len(said["cell"]["public"]), len(said["shell"])) == (None, False, 87, 12)


def test_a_lost_answer_is_asked_for_again_and_every_record_is_there_once(client, course, ana):
    phone, lesson = Phone.of(ana), lessons(course)[0]
    records = [phone.lesson(lesson.pk, RIGHT) for _ in range(20)]
    assert statuses(phone.send(client, records[:10])) == ["accepted"] * 10
    assert statuses(phone.send(client, records)) == ["duplicate"] * 10 + ["accepted"] * 10
    assert len([line for line in everything() if line.device == phone.keys.device]) == 60
    assert list(check()) == []


def test_every_order_of_the_same_records_gives_the_same_progress(client, course):
    first, second, third = lessons(course)[:3]
    for number, order in enumerate(permutations(range(3))):
        person = rosa(f"Rosa{number}")
        phone = Phone.of(person)
        records = [phone.lesson(first.pk, RIGHT), phone.lesson(second.pk, [[1]]), phone.lesson(third.pk, [[0]])]
        for index in order:
            assert statuses(phone.send(client, [records[index]])) == ["accepted"]
        assert lessons_done(person.pk) == {first.pk, second.pk, third.pk}
    assert list(check()) == []


def lessons_done(person: UUID) -> set[UUID]:
    from trenza.apps.learning.models import LessonDone

    return set(LessonDone.objects.filter(person=person).values_list("lesson", flat=True))


def test_a_trainers_phone_carries_for_others_and_cannot_speak_for_them(client, course, ana):
    trainer, hers, lesson = Phone.of(rosa("Trainer")), Phone.of(ana), lessons(course)[0]
    stolen = hers.lesson(lesson.pk, RIGHT)
    forged = trainer.lesson(lesson.pk, RIGHT)
    as_ana = Record(hers.keys.device, forged.session, forged.sequence, forged.count, forged.sealed)

    assert statuses(trainer.send(client, [stolen, as_ana])) == ["accepted", "cannot_open"]

    assert {line.person for line in everything() if line.device == hers.keys.device} == {ana.pk}
    assert list(UnopenedRecord.objects.values_list("reason", "carrier")) == [("cannot_open", trainer.keys.device)]


def test_a_poison_record_is_kept_and_the_rest_proceed(client, course, ana):
    phone, lesson = Phone.of(ana), lessons(course)[0]
    good = [phone.lesson(lesson.pk, RIGHT) for _ in range(3)]
    changed = phone.lesson(lesson.pk, RIGHT)
    poison = [
        Record(changed.device, changed.session, changed.sequence, changed.count, changed.sealed[:-1] + b"\0"),
        phone.seal(b"\xc1", 1),
        phone.act("l", [b"short", [], True], 1),
        phone.act("l", [lesson.pk.bytes, [[9]], True], 2),
        phone.act("l", [lesson.pk.bytes, [[0]] * 9, True], 10),
        phone.act("l", [lesson.pk.bytes, [[0]], True], 3),
        phone.act("l", [lesson.pk.bytes, [], False], 1),
        phone.act("l", [lesson.pk.bytes, [], True], 1, at=float("inf")),
        phone.act("l", [lesson.pk.bytes, [], True], 1, at=-1e9),
    ]
    reasons = ["cannot_open", "malformed", "malformed", "unknown_choice", "unknown_question"]
    reasons += ["wrong_count", "nothing_done", "bad_time", "bad_time"]

    sent = [good[0], *poison[:5], good[1], *poison[5:], good[2]]
    expected = ["accepted", *reasons[:5], "accepted", *reasons[5:], "accepted"]
    assert statuses(phone.send(client, sent)) == expected
    assert statuses(phone.send(client, sent)) == [each.replace("accepted", "duplicate") for each in expected]

    kept = [row.reason for model in (UnopenedRecord, SetAside) for row in model.objects.all()]
    assert sorted(kept) == sorted(reasons)


def test_what_this_server_does_not_know_yet_is_held_and_taken_in_later(client, course, ana):
    from trenza.apps.sync import acts
    from trenza.apps.sync.api import reconsider

    phone, lesson = Phone.of(ana), lessons(course)[0]
    record = phone.lesson(lesson.pk, RIGHT)
    elsewhere = phone.lesson(UUID(int=5), [])
    with patch.dict(acts._acts):
        del acts._acts["l"]
        assert statuses(phone.send(client, [record])) == ["unknown_act"]
        assert (reconsider(), UnopenedRecord.objects.count()) == (0, 1)

    assert statuses(phone.send(client, [elsewhere])) == ["unknown_lesson"]
    assert reconsider() == 1

    assert [line.sequence for line in everything() if line.device == phone.keys.device] == [1, 2, 3]
    assert list(UnopenedRecord.objects.values_list("state", "reason")) == [("held", "unknown_lesson")]


def test_work_that_arrives_after_access_was_taken_away_is_held_for_somebody(client, course, ana):
    phone, friend, lesson = Phone.of(ana), Phone.of(rosa()), lessons(course)[0]
    before, after = phone.lesson(lesson.pk, RIGHT), phone.lesson(lesson.pk, RIGHT)
    phone.send(client, [before])
    revoke_device(device=phone.profile, by=ana)

    own = phone.send(client, [before, after], full=True, have=None)
    carried = friend.send(client, [after])

    assert (statuses(own), own.json()["revoked"], own.json()["state"]) == (["duplicate", "access_revoked"], True, None)
    assert (statuses(carried), carried.json()["revoked"]) == (["access_revoked"], False)
    held = SetAside.objects.filter(state="held")
    assert (held.count(), len([line for line in everything() if line.device == phone.keys.device])) == (3, 3)
    for each in held:
        take_in(set_aside=each.pk, by=ana.pk)
    assert len([line for line in everything() if line.device == phone.keys.device]) == 6


def test_entries_as_they_are_need_a_kind_that_phones_send_and_an_edition_of_hers(client, course, ana):
    phone, lesson = Phone.of(ana), lessons(course)[0]
    done = ["learning.lesson_completed.v1", {"lesson": str(lesson.pk)}]
    sent = [
        phone.act("e", [[*done, None], [*done, None]], 2),
        phone.act("e", [[*done, UUID(int=3).bytes]], 1),
        phone.act("e", [["people.role_granted.v1", {}, None]], 1),
        phone.act("e", [["learning.lesson_completed.v1", {"lesson": 7}, None]], 1),
        phone.act("e", [["sessions.attended.v1", {"session": "x"}, None]], 1),
    ]
    expected = ["accepted", "not_her_edition", "kind_not_allowed", "malformed", "unknown_kind"]
    assert statuses(phone.send(client, sent)) == expected


def test_sequences_that_overlap_are_refused_and_harm_nothing(client, course, ana):
    phone, lesson = Phone.of(ana), lessons(course)[0]
    first = phone.lesson(lesson.pk, RIGHT)
    phone.next = 2
    second = phone.lesson(lesson.pk, RIGHT)
    assert statuses(phone.send(client, [first, second])) == ["accepted", "same_identity_other_content"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"token": b"0" * 32}, 401, "token"),
        ({"token": b"short"}, 401, "token"),
        ({"type": "application/json"}, 415, "type"),
        ({"encoding": "br"}, 400, "encoding"),
        ({"sent": b"<html>"}, 400, "body"),
        ({"sent": b"\x92" * 100_000}, 400, "body"),
        ({"sent": body([], v=2)}, 400, "version"),
        ({"sent": body([], batch=b"1")}, 400, "body"),
        ({"sent": gzip.compress(body([]))[:-9], "encoding": "gzip"}, 400, "gzip"),
        ({"sent": gzip.compress(body([])) + b"!", "encoding": "gzip"}, 400, "gzip"),
        ({"sent": body([]), "encoding": "gzip"}, 400, "gzip"),
        ({"sent": gzip.compress(b"\0" * 5_000_000), "encoding": "gzip"}, 413, "too_large"),
        ({"sent": b"\0" * 1_000_001}, 413, "too_large"),
        ({"sent": body([Record(UUID(int=1), b"s", n, 1, b"") for n in range(1_001)])}, 413, "too_large"),
        ({"sent": body([Record(UUID(int=1), b"s", n, 1_000, b"") for n in range(6)])}, 413, "too_large"),
    ],
)
def test_what_cannot_be_read_as_a_whole_is_refused_in_json(client, ana, change, status, code):
    sent = {
        "sent": body([]),
        "token": Phone.of(ana).keys.deliver,
        "encoding": "",
        "type": "application/msgpack",
    } | change
    headers = {"Authorization": f"Bearer {base64url(sent['token'])}"}
    if sent["encoding"]:
        headers["Content-Encoding"] = sent["encoding"]
    response = client.post("/sync", sent["sent"], content_type=sent["type"], headers=headers)
    assert (response.status_code, response.json(), response["Cache-Control"]) == (status, {"error": code}, "no-store")


def test_a_cookie_is_never_asked(client, ana):
    client.force_login(ana.accounts.get())
    response = client.post("/sync", body([]), content_type="application/msgpack")
    assert (response.status_code, response.json(), client.get("/sync").status_code) == (401, {"error": "token"}, 405)


def test_who_asks_too_often_is_told_when_to_come_back(client, ana, monkeypatch):
    monkeypatch.setattr(view, "PACE", Pace(burst=2, per_second=0.1))
    phone = Phone.of(ana)
    answers = [phone.send(client) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert (answers[2].json(), answers[2]["Retry-After"]) == ({"error": "too_often"}, "10")


def test_a_database_that_cannot_be_asked_is_said_with_503(client, ana):
    phone = Phone.of(ana)
    with patch("trenza.apps.sync.api.receive", side_effect=OperationalError("database is locked")):
        response = phone.send(client)
    assert (response.status_code, response.json(), response["Retry-After"]) == (503, {"error": "database"}, "20")


def test_a_thousand_records_cost_no_more_queries_than_one(client, course, ana, django_assert_max_num_queries):
    phone, lesson = Phone.of(ana), lessons(course)[0]
    phone.send(client, [phone.lesson(lesson.pk, RIGHT)], pending=1)
    records = [phone.lesson(lesson.pk, RIGHT) for _ in range(1_000)]
    with django_assert_max_num_queries(20):
        assert statuses(phone.send(client, records, pending=1)) == ["accepted"] * 1_000


def test_her_profile_remembers_when_it_was_heard_of_and_what_waits(client, ana):
    phone = Phone.of(ana)
    phone.send(client, pending=7)
    assert list(PersonDevice.objects.values_list("pending", flat=True)) == [7]


@pytest.mark.django_db(transaction=True)
def test_the_same_batch_over_two_connections_at_once_is_written_once(course, ana):
    phone, lesson = Phone.of(ana), lessons(course)[0]
    records = [phone.lesson(lesson.pk, RIGHT) for _ in range(20)]

    def send(_: int) -> list[str]:
        try:
            return statuses(phone.send(Client(), records))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(send, range(3)))

    assert sorted(map(tuple, answers)) == [("accepted",) * 20, ("duplicate",) * 20, ("duplicate",) * 20]
    assert len([line for line in everything() if line.device == phone.keys.device]) == 60


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(sent=st.binary(max_size=300), packed=st.booleans(), cut=st.integers(0, 40))
def test_no_bytes_make_it_fail(client, ana_s_phone, sent, packed, cut):
    view.PACE.forget()
    whole = gzip.compress(sent, mtime=0) if packed else sent
    part = whole[: max(1, len(whole) - cut)] or b"0"
    response = post(client, part, ana_s_phone.keys.deliver, encoding="gzip" if packed else "")
    assert (response.status_code, response["Content-Type"]) == (400, "application/json")


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(code=st.sampled_from(["l", "e", "x", "?"]) | st.text(max_size=3), payload=ANYTHING, count=st.integers(0, 65_535))
def test_no_act_makes_it_fail(client, ana_s_phone, code, payload, count):
    view.PACE.forget()
    response = ana_s_phone.send(client, [ana_s_phone.act(code, payload, count)])
    assert (response.status_code, "error" in response.json()) in ((200, False), (413, True))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(more=st.dictionaries(st.sampled_from(["sealed", "have", "pending", "now", "can", "new"]), ANYTHING, max_size=3))
def test_no_field_makes_it_fail(client, ana_s_phone, more):
    view.PACE.forget()
    assert ana_s_phone.send(client, full=True, **more).status_code in (200, 400)


@pytest.fixture
def ana_s_phone(ana) -> Phone:
    view.PACE.forget()
    return Phone.of(ana)


def test_her_state_comes_where_her_own_token_asks_and_it_has_changed(client, course, ana):
    phone = Phone.of(ana)
    first = phone.send(client, full=True, have=None).json()["state"]
    same = phone.send(client, full=True, have=first["digest"]).json()["state"]
    unasked = phone.send(client, full=True).json()["state"]
    delivered = phone.send(client, have=None).json()["state"]
    assert (first["name"], same, unasked, delivered) == ("Ana", None, None, None)


def test_a_state_that_cannot_be_made_does_not_hold_up_what_she_did(client, course, ana):
    phone = Phone.of(ana)
    with patch("trenza.apps.sync.api.state_of", side_effect=RuntimeError):
        response = phone.send(client, [phone.lesson(lessons(course)[0].pk, RIGHT)], full=True, have=None)
    assert (statuses(response), response.json()["state"]) == (["accepted"], None)


def test_journal_is_clean_after_all_this(client, course, ana):
    phone = Phone.of(ana)
    phone.send(client, [phone.lesson(lesson.pk, [[0]]) for lesson in lessons(course)])
    assert (list(check()), len(journal()) > 0) == ([], True)
