"""POST /hub/pair and POST /hub/sync, from a hub's side of the line."""

import json
import zlib
from uuid import UUID

import msgspec
import pyrage
import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from pyrage.x25519 import Identity

from tests.core.journal.toys import Seen
from tests.phone_client import Phone, base64url, statuses
from tests.portals.learner.scene import rosa
from trenza.apps.sync import api as sync
from trenza.apps.sync.hub import by_hand, exchange, messages, registry, taking_in
from trenza.apps.sync.hub.entries_wire import pack
from trenza.apps.sync.models import CarriedRecord, HubDevice, HubMark
from trenza.core import clock, journal
from trenza.core.journal import incoming
from trenza.portals.api.pace import Pace
from trenza.portals.api.views import hubs

pytestmark = pytest.mark.django_db
CENTRE, DEVICE, ANA = UUID(int=1), UUID(int=2), UUID(int=3)
RECIPIENT = str(Identity.generate().to_public())
BATCH = bytes(range(8))


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    for name, empty in (("_kinds", set()), ("_about_strangers", set()), ("_rosters", []), ("_tables", {})):
        monkeypatch.setattr(registry, name, empty)
    registry.register_hub_kinds(Seen)
    registry.register_hub_roster(lambda _: [ANA])
    hubs.PACE.forget()


@pytest.fixture
def paired(db) -> sync.Paired:
    return pair()


def pair(device: UUID = DEVICE, centre: UUID = CENTRE) -> sync.Paired:
    code = sync.open_pairing(centre=centre, name="Centro", by=None).code
    return sync.pair(code=code, device=device, recipient=RECIPIENT)


def seen(first: int, count: int = 1, *, device: UUID = DEVICE) -> bytes:
    return pack(
        [
            incoming(Seen(number=n), device=device, sequence=n, happened_at=clock.now(), person=ANA)
            for n in range(first, first + count)
        ]
    )


def request(**rest) -> dict[str, object]:
    return {"v": 1, "batch": BATCH, "devices": [DEVICE.bytes], **rest}


def say(client, paired: sync.Paired, said: dict[str, object], **headers: str):
    """Whatever a hub of any version might say, proved."""
    packed = zlib.compress(msgspec.msgpack.encode(said))
    proof = messages._proof("up", paired.hub.pk.bytes, packed, paired.secret)
    return post(client, paired, msgspec.msgpack.encode([1, paired.hub.pk.bytes, packed, proof]), **headers)


def post(client, paired: sync.Paired, sent: bytes, *, content_type="application/msgpack", **headers: str):
    told = {"Authorization": f"Bearer {base64url(paired.token)}", **headers}
    return client.post("/hub/sync", sent, content_type=content_type, headers=told)


def answer(response, paired: sync.Paired) -> sync.HubAnswer:
    assert response.status_code == 200, response.content
    return sync.read_message(response.content, sync.HubAnswer, hub=paired.hub.pk, secret=paired.secret)


def refused(response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]


# --- Pairing ---


def ask_to_pair(client, code: str, *, device: UUID = DEVICE, recipient: str = RECIPIENT):
    told = {"v": 1, "code": code, "device": device.hex, "recipient": recipient, "program": "0.1.0"}
    return client.post("/hub/pair", json.dumps(told), content_type="application/json")


def test_a_hub_is_paired_by_a_code_as_people_copy_it(client):
    opened = sync.open_pairing(centre=CENTRE, name="Centro", by=None)
    code = opened.code.replace("0", "O").replace("1", "l").lower()

    told = ask_to_pair(client, f" {code[:5]}-{code[5:]} ").json()

    hub = sync.Hub.objects.get()
    assert len(opened.code) == 10
    assert (told["hub"], told["centre"], told["name"]) == (hub.pk.hex, CENTRE.hex, "Centro")
    assert (hub.device, hub.recipient, list(HubDevice.objects.values_list("device", flat=True))) == (
        DEVICE,
        RECIPIENT,
        [DEVICE],
    )
    assert told["cell"]["recipient"] == str(sync.own_identity().to_public())
    assert (len(told["token"]), len(told["secret"]), len(told["cell"]["public"])) == (43, 43, 87)
    assert [line.kind for line in journal.everything()][-2:] == ["sync.hub_pairing_opened.v1", "sync.hub_paired.v1"]
    assert list(journal.check()) == []


def test_a_code_is_of_use_once_and_for_an_hour(client):
    code = sync.open_pairing(centre=CENTRE, name="Centro", by=None).code
    assert ask_to_pair(client, code).status_code == 200
    assert refused(ask_to_pair(client, code, device=UUID(int=9))) == (401, "code")
    assert refused(ask_to_pair(client, "0123456789")) == (401, "code")

    late = sync.open_pairing(centre=UUID(int=7), name="Otro", by=None)
    with clock.travel(late.pairing.ends_at):
        assert refused(ask_to_pair(client, late.code)) == (401, "code")


def test_the_same_hub_may_ask_again_until_it_was_heard_of(client):
    """The answer may have been lost. What it is told then counts, and what it was told before no longer."""
    code = sync.open_pairing(centre=CENTRE, name="Centro", by=None).code
    first, second = ask_to_pair(client, code).json(), ask_to_pair(client, code).json()
    assert (first["hub"] == second["hub"], first["token"] == second["token"]) == (True, False)
    sync.Hub.objects.update(seen_at=clock.now())
    assert refused(ask_to_pair(client, code)) == (401, "code")


def test_a_newer_code_ends_an_older_one():
    older = sync.open_pairing(centre=CENTRE, name="Centro", by=None).code
    sync.open_pairing(centre=CENTRE, name="Centro", by=None)
    with pytest.raises(sync.CodeNotValid):
        sync.pair(code=older, device=DEVICE, recipient=RECIPIENT)


def test_two_hubs_cannot_claim_one_centre(client, paired):
    with pytest.raises(sync.CentreHasHub):
        sync.open_pairing(centre=CENTRE, name="Centro", by=None)
    sync.revoke_hub(hub=paired.hub, by=None)
    code = sync.open_pairing(centre=CENTRE, name="Centro", by=None).code
    sync.Hub.objects.update(revoked_at=None)
    assert refused(ask_to_pair(client, code, device=UUID(int=9))) == (409, "centre_has_hub")
    sync.Hub.objects.update(revoked_at=clock.now())
    assert ask_to_pair(client, code, device=UUID(int=9)).status_code == 200


def test_a_hub_cannot_take_a_device_that_the_journal_knows():
    code = sync.open_pairing(centre=CENTRE, name="Centro", by=None).code
    with pytest.raises(sync.CodeNotValid):
        sync.pair(code=code, device=journal.authority_device().uuid, recipient=RECIPIENT)


def test_guesses_of_codes_are_counted(client):
    found = [ask_to_pair(client, "0123456789").status_code for _ in range(21)]
    assert found == [401] * 20 + [429]


@pytest.mark.parametrize(
    "told", [b"", b"{}", b"\xff", b'{"code":"x","device":"2","recipient":"age1"}', b'"' + b"x" * 3_000 + b'"']
)
def test_what_is_no_request_to_pair_is_said_in_json(client, told):
    response = client.post("/hub/pair", told, content_type="application/json")
    assert response.json()["error"] in {"body", "too_large"}
    assert response.status_code in {400, 413}


def test_a_hub_is_revoked_once(paired):
    sync.revoke_hub(hub=paired.hub, by=ANA)
    with pytest.raises(sync.AlreadyRevoked):
        sync.revoke_hub(hub=paired.hub, by=ANA)
    assert [line.kind for line in journal.everything()][-1] == "sync.hub_revoked.v1"


# --- Visiting ---


def test_entries_are_taken_in_as_the_hubs(client, paired):
    response = say(client, paired, request(entries=seen(1, 3), upto=7, top=7, waiting=3, program="0.1.0"))

    said = answer(response, paired)
    assert (said.batch, said.upto, said.again, said.went_back, said.not_taken, said.revoked) == (
        BATCH, 7, False, False, [], False,
    )  # fmt: skip
    assert said.mark == HubMark.objects.get().mark
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/msgpack", "no-store")
    assert [(line.device, line.sequence) for line in journal.everything() if line.kind == "toys.seen.v1"] == [
        (DEVICE, n) for n in (1, 2, 3)
    ]
    hub = sync.Hub.objects.get()
    assert (hub.waiting, hub.program, hub.acknowledged, hub.top) == (3, "0.1.0", 7, 7)


def test_a_message_of_an_older_hub_without_newer_keys_is_understood(client, paired):
    assert answer(say(client, paired, {"v": 1, "batch": BATCH}), paired).batch == BATCH


def test_a_message_of_a_newer_hub_with_keys_that_we_do_not_know_is_understood(client, paired):
    said = answer(say(client, paired, request(can=["zlib", "zstd"], colour="green", entries=seen(1), upto=1)), paired)
    assert (said.upto, said.can) == (1, ["zlib"])


def test_a_kind_of_a_newer_hub_is_held(client, paired):
    entry = incoming(Seen(number=1), device=DEVICE, sequence=1, happened_at=clock.now(), person=ANA)
    newer = msgspec.structs.replace(entry, kind="toys.seen.v2")
    said = answer(say(client, paired, request(entries=pack([newer]), upto=1)), paired)
    assert said.not_taken == [(DEVICE.bytes, 1, "held", "unknown_kind")]


def test_a_kind_that_is_not_listed_is_refused(client, paired, monkeypatch):
    monkeypatch.setattr(registry, "_kinds", set())
    said = answer(say(client, paired, request(entries=seen(1), upto=1)), paired)
    assert said.not_taken == [(DEVICE.bytes, 1, "refused", "kind_not_allowed")]


def test_a_kind_about_strangers_is_taken_in(client, paired, monkeypatch):
    monkeypatch.setattr(registry, "_rosters", [])
    assert answer(say(client, paired, request(entries=seen(1), upto=1)), paired).not_taken == [
        (DEVICE.bytes, 1, "held", "not_on_roster")
    ]
    registry.register_hub_kinds(Seen, strangers=True)
    assert answer(say(client, paired, request(entries=seen(2), upto=2)), paired).not_taken == []


def test_an_empty_visit_is_a_few_hundred_bytes(client, paired):
    mark = answer(say(client, paired, request(entries=seen(1), upto=1, top=1)), paired).mark
    said = request(can=["zlib"], program="0.1.0", after=1, mark=mark, upto=1, top=1, tables=["places.staff"])
    packed = zlib.compress(msgspec.msgpack.encode(said))
    response = say(client, paired, said)
    heads = sum(len(name) + len(value) + 4 for name, value in response.items())
    assert len(packed) + 80 + len(response.content) + heads + 300 <= 1_024


@pytest.mark.parametrize("entries", [1, 3])
def test_a_message_takes_as_many_queries_however_many_entries(client, paired, entries):
    say(client, paired, request(entries=seen(100), upto=1, top=1))
    with CaptureQueriesContext(
        connection,
    ) as one:
        say(client, paired, request(entries=seen(1), upto=2, top=2))
    with CaptureQueriesContext(connection) as more:
        say(client, paired, request(entries=seen(10, entries), upto=3, top=3))
    assert len(more) == len(one)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"HTTP_X": ""}, None),
        ({"Authorization": ""}, (401, "token")),
        ({"Authorization": "Bearer x"}, (401, "token")),
        ({"Authorization": f"Bearer {base64url(bytes(32))}"}, (401, "token")),
        ({"content_type": "application/json"}, (415, "type")),
    ],
)
def test_who_may_not_is_told_in_json(client, paired, changed, said):
    response = say(client, paired, request(), **changed)
    assert said is None or refused(response) == said


def test_a_cookie_opens_nothing(client, paired):
    assert client.get("/hub/sync").status_code == 405
    assert refused(client.post("/hub/sync", b"x", content_type="application/msgpack")) == (401, "token")


@pytest.mark.parametrize("sent", [b"\xc0", b"\xc1", b"\x94", b"x" * 500])
def test_what_cannot_be_read_is_refused(client, paired, sent):
    assert refused(post(client, paired, sent)) == (400, "frame")


def test_a_message_that_another_made_is_refused(client, paired):
    other = pair(UUID(int=8), UUID(int=8))
    packed = zlib.compress(msgspec.msgpack.encode(request()))
    for hub, secret in ((paired.hub.pk, other.secret), (other.hub.pk, other.secret), (paired.hub.pk, bytes(32))):
        sent = msgspec.msgpack.encode([1, hub.bytes, packed, messages._proof("up", hub.bytes, packed, secret)])
        assert refused(post(client, paired, sent)) == (401, "proof")


def test_an_answer_is_no_message(client, paired):
    sent = messages.write(sync.HubAnswer(v=1, batch=BATCH), hub=paired.hub.pk, secret=paired.secret)
    assert refused(post(client, paired, sent)) == (401, "proof")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"v": 2}, "version"),
        ({"batch": b"short"}, "body"),
        ({"after": -1}, "body"),
        ({"entries": b"\xc1"}, "entries"),
        ({"devices": [b"short"]}, "body"),
    ],
)
def test_a_message_that_says_what_cannot_be_is_refused(client, paired, said, code):
    assert refused(say(client, paired, request(**said))) == (400, code)


def test_too_large_messages_are_refused_before_they_are_unpacked(client, paired):
    assert refused(say(client, paired, request(more_than=b"x" * 9_000_000))) == (413, "too_large")
    assert refused(post(client, paired, b"x" * 1_000_001)) == (413, "too_large")
    assert refused(say(client, paired, request(entries=seen(1, 5_001), upto=1))) == (413, "too_large")


def test_too_many_messages_wait(client, paired, monkeypatch):
    monkeypatch.setattr(hubs, "PACE", Pace(burst=1, per_second=0.5))
    assert say(client, paired, request()).status_code == 200
    response = say(client, paired, request())
    assert (refused(response), response["Retry-After"]) == ((429, "too_often"), "2")


def test_a_database_that_is_away_is_said_with_when_to_come_back(client, paired, monkeypatch):
    def away(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(taking_in, "_devices", away)
    response = say(client, paired, request())
    assert (refused(response), response["Retry-After"]) == ((503, "database"), "20")


def test_a_hub_says_what_it_had_been_told_or_begins_anew(client, paired):
    said = answer(say(client, paired, request(after=5, mark=bytes(16), upto=6, entries=seen(1))), paired)
    assert (said.again, said.upto, HubMark.objects.count()) == (True, 0, 0)
    assert [line.kind for line in journal.everything()][-1] == "sync.hub_paired.v1"


# --- Rows ---


def test_rows_go_down_until_the_hub_says_that_it_has_them(client, paired):
    rows: dict[bytes, object] = {b"a": ["Ana", 1], b"b": None}
    registry.register_hub_table("toys.rows", lambda _: rows.items(), lambda upserts, gone: None)

    first = answer(say(client, paired, request(tables=["toys.rows"])), paired).page
    again = answer(say(client, paired, request()), paired).page
    assert first
    assert again
    assert (first.number, again.number, first.tables == again.tables) == (1, 2, True)
    [table] = first.tables
    found = {key: msgspec.msgpack.decode(value) for key, value in table.upserts}
    assert (table.name, found, table.tombstones) == ("toys.rows", rows, [])

    assert answer(say(client, paired, request(page=2, applied=[1, 2])), paired).page is None
    del rows[b"a"]
    gone = answer(say(client, paired, request(page=2)), paired).page
    assert gone
    assert [(list(each.upserts), each.tombstones) for each in gone.tables] == [([], [b"a"])]
    assert answer(say(client, paired, request(page=3, applied=[3])), paired).page is None
    back = answer(say(client, paired, request(page=1)), paired).page
    assert back
    assert [(len(each.upserts), each.tombstones) for each in back.tables] == [(1, [b"a"])]


def test_a_hub_that_wants_no_rows_gets_none(client, paired):
    registry.register_hub_table("toys.rows", lambda _: [(b"a", 1)], lambda upserts, gone: None)
    assert answer(say(client, paired, request(tables=["toys.rows"], rows=False)), paired).page is None


def test_files_of_the_cell_and_for_it(paired):
    """On either engine: what a hub wrote is taken in, and what it is to be told is written."""
    said = sync.HubRequest(v=1, batch=BATCH, devices=[DEVICE.bytes], entries=seen(1, 2), upto=5, top=5)
    sent = sync.write_message(said, hub=paired.hub.pk, secret=paired.secret)
    file = by_hand.MAGIC + pyrage.encrypt(msgspec.msgpack.encode([sent]), [sync.own_identity().to_public()])

    assert [sync.import_from_hub(file)[1:] for _ in range(2)] == [(1, 0), (1, 0)]

    told = exchange.answers_for_file(hub=sync.Hub.objects.get())
    assert [(each.upto, each.mark) for each in told] == [(5, bytes(HubMark.objects.get().mark))]
    assert sync.export_for_hub(hub=sync.Hub.objects.get()).startswith(by_hand.MAGIC)


# --- Phones at a hub ---


def test_a_hub_carries_what_phones_sealed_for_its_cell(client, settings):
    phone = Phone.of(rosa("Ana"))
    settings.IS_HUB = True
    records = [phone.lesson(UUID(int=1), [[0]]), phone.lesson(UUID(int=2), [[0]])]
    assert sync.cell_key_for_phones() is None
    sync.take_pairing(
        url="https://cell.example",
        told=sync.Credentials(UUID(int=4), "Centro", CENTRE, bytes(32), bytes(32), RECIPIENT, "ce11", b"\4" * 65),
    )

    response = phone.send(client, records)

    assert statuses(response) == ["on_its_way"] * 2
    assert response.json()["cell"] == {"id": "ce11", "public": base64url(b"\4" * 65)}
    assert [(row.device, row.sequence, row.count) for row in CarriedRecord.objects.order_by("sequence")] == [
        (phone.keys.device, 1, 2),
        (phone.keys.device, 3, 2),
    ]
    assert sync.standing()[2:4] == (0, 2)
    sync.forget([phone.keys.device])
    assert CarriedRecord.objects.count() == 0


def test_a_table_is_registered_once():
    registry.register_hub_table("toys.rows", lambda _: [], lambda upserts, gone: None)
    with pytest.raises(ValueError, match="twice"):
        registry.register_hub_table("toys.rows", lambda _: [], lambda upserts, gone: None)
