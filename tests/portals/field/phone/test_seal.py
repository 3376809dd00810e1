"""What a browser seals, the server opens: `seal.js` and `trenza.core.sealing` are two halves of one thing."""

from uuid import UUID

import msgspec
import pytest

from tests.portals.field.phone.conftest import cut, load, profile, put, records, secret_of, unlock
from trenza.core import sealing

SEAL = f"""async ([person, sequence, count, plain]) => {{
    const {{ seal }} = {load("seal.js")};
    const made = await seal(person, sequence, count, Uint8Array.from(plain));
    return [Array.from(made.session), Array.from(made.sealed)];
}}"""


@pytest.mark.parametrize(
    ("sequence", "count", "plain"), [(1, 1, b""), (2**32 + 5, 1_000, bytes(range(256))), (2**53 - 1, 256, b"x" * 5_000)]
)
def test_seal_makes_what_the_server_opens(page, sequence, count, plain):
    session, sealed = page.evaluate(SEAL, [profile(), sequence, count, list(plain)])

    record = sealing.Record(UUID(profile()["device"]), bytes(session), sequence, count, bytes(sealed))
    assert sealing.open_record(record, secret=secret_of()) == plain
    with pytest.raises(sealing.CannotOpen):
        sealing.open_record(record, secret=secret_of(2))


def test_seal_uses_one_session_for_a_person_in_a_tab_and_another_for_another(page):
    first = page.evaluate(SEAL, [profile(), 1, 1, [1]])
    second = page.evaluate(SEAL, [profile(), 2, 1, [1]])
    other = page.evaluate(SEAL, [profile(2), 1, 1, [1]])

    assert first[0] == second[0] != other[0]
    assert len({bytes(sealed) for _, sealed in [first, second, other]}) == 3
    record = sealing.Record(UUID(profile(2)["device"]), bytes(other[0]), 1, 1, bytes(other[1]))
    assert sealing.open_record(record, secret=secret_of(2)) == b"\x01"


def test_session_goes_on_from_page_to_page_and_ends_when_she_locks(page, sync):
    sync.always = cut
    put(page, 1)
    page.reload()
    put(page, 1)
    page.evaluate(f"async () => ({load('people.js')}).lock()")
    unlock(page)
    put(page, 1)

    sessions = [bytes(each["session"]) for each in records(page)]
    assert sessions[0] == sessions[1] != sessions[2]


def test_put_seals_the_act_with_its_time_under_the_next_sequence(page, sync):
    before = page.evaluate("Date.now()")
    sync.always = cut
    put(page, 2)

    first, second = records(page)
    assert [(each["sequence"], each["count"], each["state"]) for each in (first, second)] == [
        (1, 2, "waiting"),
        (3, 2, "waiting"),
    ]
    device = UUID(bytes=bytes(first["device"]))
    record = sealing.Record(device, bytes(first["session"]), 1, 2, bytes(first["sealed"]))
    at, code, payload = msgspec.msgpack.decode(sealing.open_record(record, secret=secret_of()))
    assert (code, payload) == ("l", [b"\x07" * 16, [[1]], True])
    assert before <= at == first["at"]
