"""What a trainer's phone sends: sessions, walk-ins and marks, once each, about the people of her sessions alone."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from tests.apps.sessions.examples import MONDAY, a_session, a_trainer, a_workshop, ids, women
from tests.phone_client import Phone
from trenza.apps.people.api import Person, RoleGrant, revoke_device, withdraw_role
from trenza.apps.sessions.actions import print_cards
from trenza.apps.sessions.heads import MARKS, REASONS, standings
from trenza.apps.sessions.models import ExcusedReason, Mark, Session, WalkIn
from trenza.apps.sync.api import UnopenedRecord, receive, reconsider
from trenza.core import clock
from trenza.core.journal import Answer, Status, check, everything, take_in, work_until_done
from trenza.core.models import SetAside
from trenza.core.sealing import Record

pytestmark = pytest.mark.django_db

AT = MONDAY.timestamp() * 1000
CARE = REASONS.index("care")


@pytest.fixture(autouse=True)
def _own_cell(tmp_path, settings):
    settings.PRIVATE_ROOT = tmp_path / "private"
    with clock.travel(MONDAY):
        yield


@pytest.fixture
def programme(db):
    return a_programme()


@pytest.fixture
def marta(programme):
    return a_trainer(programme)


@pytest.fixture
def phone(marta):
    return Phone.of(marta)


@pytest.fixture
def ana(programme) -> Person:
    return women(programme, "Ana")[0].person


def send(*records: Record) -> list[str]:
    """The reason, or else the status, of each; handed in by the phone of the first."""
    sealed = [(each.device.bytes, [(each.session, [(each.sequence, each.count, each.sealed)])]) for each in records]
    return [answer.reason or answer.status for answer in receive(sealed, carrier=records[0].device)]


def mark(person: UUID, what: str = "present", reason: int = 0, corrects: Any = None) -> list[Any]:
    return [person.bytes, MARKS.index(what), reason, corrects]


def marks(phone: Phone, session: UUID, *said: list[Any]) -> Record:
    return phone.act("a", [session.bytes, list(said)], len(said), at=AT)


def walk_in(
    phone: Phone, session: UUID, person: UUID, *card: str, name: str = "Luz", region: str = "norte", band: str = "25_29"
):
    return phone.act("w", [session.bytes, person.bytes, name, "Mamani", region, band, *card], 1, at=AT)


def opening(phone: Phone, session: UUID, programme, **values: Any) -> Record:
    said = {
        "edition": programme.editions.get().pk.bytes,
        "track": programme.tracks.get().pk.bytes,
        "centre": None,
        "kind": 1,
        "starts_at": int(MONDAY.timestamp()),
        "minutes": 90,
        "title": "Taller",
        "place": "Alcaldía",
        "time_zone": "America/La_Paz",
    }
    return phone.act("s", [session.bytes, *(said | values).values()], 1, at=AT)


def current(session: UUID) -> dict[UUID, str | None]:
    return {person: standing.mark for (_, person), standing in standings([session]).items()}


def test_marks_are_about_her_by_whose_phone_it_is(phone, programme, marta, ana):
    session = a_session(programme)

    assert send(marks(phone, session.pk, mark(ana.pk, "excused", CARE))) == ["accepted"]

    last = list(everything())[-1]
    assert (last.person, last.by, last.edition, last.happened_at) == (ana.pk, marta.pk, session.edition_id, MONDAY)
    assert b"care" not in last.data
    row = ExcusedReason.objects.get()
    assert (row.device, row.sequence, row.person, row.reason) == (phone.keys.device, last.sequence, ana.pk, "care")


def test_workshop_of_the_definition_begins_on_a_phone(phone, programme):
    workshop, other = a_workshop(programme), a_workshop(a_programme("otro"))
    begun = {uuid4(): ("workshop", workshop), uuid4(): ("class", None), uuid4(): ("workshop", None)}
    first, of_a_class, of_another = begun

    sent = [
        opening(phone, first, programme, workshop=workshop.pk.bytes),
        opening(phone, of_a_class, programme, kind=0, workshop=workshop.pk.bytes),
        opening(phone, of_another, programme, workshop=other.pk.bytes),
    ]

    assert send(*sent) == ["accepted"] * 3
    found = {session: (row.kind, row.workshop) for session, row in Session.objects.in_bulk(list(begun)).items()}
    assert found == begun


def test_card_that_she_was_handed_is_hers_and_stands_in_no_journal(phone, programme, marta):
    session, luz, eva = a_session(programme, by=marta), uuid4(), uuid4()
    [(card, _)] = print_cards(session=session, count=1, by=marta)
    assert (
        send(walk_in(phone, session.pk, luz, card.number), walk_in(phone, session.pk, eva, "1" * 8)) == ["accepted"] * 2
    )
    assert send(walk_in(phone, session.pk, uuid4(), "12")) == ["malformed"]
    work_until_done()

    card.refresh_from_db()
    assert (card.person_id, card.given_by, WalkIn.objects.get(pk=eva).reason) == (luz, marta, "card_not_free")
    assert card.number not in str([line.event for line in everything()])


def test_lost_answer_changes_nothing(phone, programme, ana):
    session = a_session(programme)
    luz = uuid4()
    sent = [walk_in(phone, session.pk, luz), marks(phone, session.pk, mark(ana.pk, "excused", CARE), mark(luz))]

    assert send(*sent) == ["accepted", "accepted"]
    work_until_done()
    assert send(*sent) == ["duplicate", "duplicate"]

    assert (Mark.objects.count(), ExcusedReason.objects.count(), WalkIn.objects.count()) == (2, 1, 1)
    assert check() == []


def test_lost_answer_stays_a_duplicate_when_her_role_is_gone(phone, programme, marta, ana):
    session = a_session(programme)
    sent = marks(phone, session.pk, mark(ana.pk))
    assert send(sent) == ["accepted"]
    withdraw_role(grant=RoleGrant.objects.get(person=marta), by=None)

    assert send(sent, marks(phone, session.pk, mark(ana.pk, "late"))) == ["duplicate", "not_hers"]
    assert current(session.pk) == {ana.pk: "present"}


def test_marks_of_her_two_phones_correct_each_other(phone, programme, marta, ana):
    session = a_session(programme)
    send(marks(phone, session.pk, mark(ana.pk, "absent")))
    other = Phone.of(marta)
    send(marks(other, session.pk, mark(ana.pk, "late", corrects=[phone.keys.device.bytes, 1])))

    assert current(session.pk) == {ana.pk: "late"}


def test_nobody_is_marked_who_is_not_hers(phone, programme, marta, ana):
    session, rosa = a_session(programme), a_person("Rosa")
    for records in (
        [marks(phone, session.pk, mark(rosa.pk))],
        [marks(phone, session.pk, mark(ana.pk), mark(rosa.pk))],
        [marks(phone, session.pk, mark(marta.pk))],
        [marks(Phone.of(rosa), session.pk, mark(ana.pk))],
        [walk_in(Phone.of(rosa), session.pk, uuid4())],
        [opening(Phone.of(rosa), uuid4(), programme)],
    ):
        assert send(*records) == ["not_hers"]

    assert (current(session.pk), WalkIn.objects.count(), Session.objects.count()) == ({}, 0, 1)
    assert not any(b"Mamani" in bytes(row.payload) for row in SetAside.objects.all())


def test_session_that_begins_without_a_signal_comes_with_its_people(phone, programme, marta, ana):
    session, luz = uuid4(), uuid4()
    records = [
        opening(phone, session, programme),
        walk_in(phone, session, luz),
        marks(phone, session, mark(luz), mark(ana.pk)),
    ]

    assert send(*reversed(records)) == ["accepted"] * 3
    work_until_done()

    row = Session.objects.get(pk=session)
    assert (row.title, row.place, row.kind, row.opened_by, row.starts_at) == (
        "Taller",
        "Alcaldía",
        "workshop",
        marta,
        MONDAY,
    )
    assert [each.person for each in row.trainers.all()] == [marta]
    assert current(session) == {luz: "present", ana.pk: "present"}
    assert Person.objects.get(pk=luz).name == "Luz Mamani"
    assert check() == []


def test_marks_of_a_session_that_is_not_here_yet_are_held(phone, programme, ana):
    session = uuid4()
    assert send(marks(phone, session, mark(ana.pk))) == ["unknown_session"]
    assert UnopenedRecord.objects.get().state == "held"
    assert send(opening(phone, session, programme)) == ["accepted"]

    assert reconsider() == 1
    assert current(session) == {ana.pk: "present"}


def test_ids_of_others_are_taken(phone, programme, ana):
    session = a_session(programme)
    eva = Phone.of(a_trainer(programme, name="Eva"))
    luz = uuid4()
    send(walk_in(phone, session.pk, luz))

    assert send(walk_in(phone, session.pk, ana.pk)) == ["id_taken"]
    assert send(walk_in(eva, a_session(programme).pk, luz)) == ["id_taken"]
    assert send(opening(eva, session.pk, programme)) == ["id_taken"]
    assert WalkIn.objects.get().session == session


def test_two_phones_that_open_the_same_session_are_one_session(phone, programme, marta):
    eva, session = Phone.of(a_trainer(programme, name="Eva")), uuid4()

    assert send(opening(phone, session, programme), opening(eva, session, programme)) == ["accepted", "accepted"]
    assert Session.objects.get().trainers.count() == 1


def test_work_of_a_revoked_phone_waits_for_somebody_with_its_names(phone, programme, marta):
    session, luz = a_session(programme), uuid4()
    sent = walk_in(phone, session.pk, luz)
    revoke_device(device=phone.profile, by=marta)

    assert send(sent) == ["access_revoked"]
    assert WalkIn.objects.count() == 0
    held = SetAside.objects.get()
    assert take_in(set_aside=held.pk, by=None) == Answer(Status.ACCEPTED)

    assert WalkIn.objects.get().given_name == "Luz"
    held.refresh_from_db()
    assert b"Mamani" not in bytes(held.payload)


@pytest.mark.parametrize(
    ("code", "payload"),
    [
        ("a", []),
        ("a", [b"short", []]),
        ("a", [MONDAY.isoformat(), []]),
        ("a", lambda session, person: [session, [[person, 4, 0, None]]]),
        ("a", lambda session, person: [session, [[person, 0, 1, None]]]),
        ("a", lambda session, person: [session, [[person, 0, 0, [person, 0]]]]),
        ("w", lambda session, person: [session, bytes(16), " ", "", "", ""]),
        ("w", lambda session, person: [session, bytes(16), "Luz", "", "", "old"]),
        ("w", lambda session, person: [session, bytes(16), "Luz", "", "El Alto\n", ""]),
        ("w", lambda session, person: [session, bytes(16), "Luz\0", "", "", ""]),
        ("s", lambda session, person: [session, session, None, None, 0, 1, 1, "A\nB", "", "UTC"]),
        ("s", lambda session, person: [session, session, None, None, 2, 1, 1, "", "", "UTC"]),
    ],
)
def test_what_is_no_act_is_refused(phone, programme, ana, code, payload):
    session = a_session(programme)
    sent = payload(session.pk.bytes, ana.pk.bytes) if callable(payload) else payload

    assert send(phone.act(code, sent, 1, at=AT)) == ["malformed"]


def test_marks_come_by_their_act_alone(phone, programme, ana):
    session = a_session(programme)
    raw = [["sessions.attendance_marked.v1", {"session": str(session.pk), "mark": "present"}, None]]

    assert send(phone.act("e", raw, 1, at=AT)) == ["kind_not_allowed"]


def test_session_that_is_not_offered_is_refused(phone, programme):
    track = a_programme("otra").tracks.get()

    assert send(opening(phone, uuid4(), programme, track=track.pk.bytes)) == ["not_offered"]
    assert send(opening(phone, uuid4(), programme, time_zone="Mars/Base")) == ["malformed"]
    assert send(opening(phone, uuid4(), programme, edition=bytes(16))) == ["unknown_edition"]


def test_marks_take_as_many_queries_for_three_as_for_one(
    phone, programme, django_assert_num_queries, django_assert_max_num_queries
):
    session = a_session(programme)
    zero, one, *three = ids(*women(programme, "Zoe", "Ana", "Bea", "Eva", "Luz"))
    send(marks(phone, session.pk, mark(zero)))  # the journal knows the phone from now on
    with django_assert_max_num_queries(24) as first:
        send(marks(phone, session.pk, mark(one, "excused", CARE)))

    with django_assert_num_queries(len(first)):
        send(*(marks(phone, session.pk, mark(person, "excused", CARE)) for person in three))


def test_trainer_of_a_region_records_about_its_women(programme):
    phone = Phone.of(a_trainer(programme, scope="region", name="Eva"))
    session = uuid4()

    north, south = (an_enrolment(programme, person=a_person(r), region=r).person for r in ("norte", "sur"))

    assert send(opening(phone, session, programme)) == ["accepted"]
    assert send(marks(phone, session, mark(north.pk)), marks(phone, session, mark(south.pk))) == [
        "accepted",
        "not_hers",
    ]
