"""The same messages in files: late, twice, in any order, and of use for nobody else."""

from itertools import permutations
from uuid import UUID

import pytest

from tests.apps.sync.hub.scene import ANA, CENTRE, Scene, seen
from tests.apps.sync.hub.toys import shelf
from trenza.apps.sync import api as sync
from trenza.apps.sync import keeping, owners
from trenza.apps.sync.api import Owner
from trenza.apps.sync.hub import by_hand, messages, rows_down, sending
from trenza.apps.sync.models import CarriedRecord, UnopenedRecord
from trenza.core.sealing import Record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_engine]


@pytest.fixture(autouse=True)
def small_messages(monkeypatch):
    monkeypatch.setattr(sending, "MOST_ENTRIES", 3)
    monkeypatch.setattr(rows_down, "MOST_ROWS", 2)


def written(scene: Scene) -> bytes:
    with scene.hub.here():
        return sync.export_for_cell()


def handed_in(scene: Scene, file: bytes) -> sync.HandedIn:
    with scene.cell.here():
        return sync.import_from_hub(file)


def answered(scene: Scene) -> bytes:
    with scene.cell.here():
        return sync.export_for_hub(hub=sync.Hub.objects.get(centre=CENTRE))


def handed_back(scene: Scene, file: bytes) -> sync.HandedBack:
    with scene.hub.here():
        return sync.import_from_cell(file)


def test_a_week_without_a_line(scene):
    scene.see(*range(7))
    shelf.of("cell").update({b"%d" % number: number for number in range(5)})

    handed = handed_in(scene, written(scene))
    assert (handed.hub.name, handed.messages, handed.not_taken) == ("hub", 3, 0)
    assert scene.cell.entries() == scene.hub.entries()
    assert scene.waiting() == 7
    assert handed_back(scene, answered(scene)) == (3, False)
    assert shelf.of("hub") == shelf.of("cell")

    assert scene.waiting() == 0


def test_rows_in_a_file_until_the_hub_said_that_it_has_them(scene):
    handed_in(scene, written(scene))
    shelf.of("cell")[b"1"] = 1

    assert [handed_back(scene, answered(scene)) for _ in range(2)] == [(1, False)] * 2
    assert shelf.applied == [(1, 0), (1, 0)]
    handed_in(scene, written(scene))
    assert handed_back(scene, answered(scene)) == (0, False)


def test_an_older_file_after_a_newer_one_takes_nothing_back(scene):
    handed_in(scene, written(scene))
    shelf.of("cell")[b"1"] = "old"
    older = answered(scene)
    shelf.of("cell")[b"1"] = "new"
    newer = answered(scene)

    for file in (newer, older, newer, older):
        handed_back(scene, file)

    assert shelf.of("hub") == {b"1": "new"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_files_in_any_order_and_twice(scene, order):
    files = []
    for number in range(3):
        scene.see(number)
        files.append(written(scene))

    for index in (*order, *order):
        handed_in(scene, files[index])
    handed_back(scene, answered(scene))

    assert scene.cell.entries() == scene.hub.entries()
    assert scene.waiting() == 0


def test_a_file_and_the_line_between(scene):
    scene.see(0, 1)
    file = written(scene)
    scene.see(2, 3)
    scene.visit()
    handed_in(scene, file)
    answer = answered(scene)
    scene.see(4)
    handed_back(scene, answer)

    assert scene.waiting() == 1
    assert (scene.visit().new_device, scene.cell.said()) == (False, seen(0, 1, 2, 3, 4))


def test_an_answer_of_before_a_hub_went_back_acknowledges_nothing_that_it_did_since(scene):
    scene.see(0, 1)
    copy = scene.hub.copy()
    scene.see(2, 3, 4, 5)
    handed_in(scene, written(scene))
    answer = answered(scene)
    scene.hub.put_back(copy)
    scene.see(10, 11, 12, 13, 14)

    handed_back(scene, answer)

    assert scene.waiting() == 7
    scene.visit()
    assert scene.cell.said() == seen(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14)


def test_what_a_restored_hub_did_is_told_apart_in_files_too(scene):
    scene.see(0)
    copy = scene.hub.copy()
    scene.see(1, 2)
    handed_in(scene, written(scene))
    scene.hub.put_back(copy)
    scene.see(3, 4, 5)
    for _ in range(2):
        handed_in(scene, written(scene))
    assert scene.cell.said() == seen(0, 1, 2, 3, 4, 5)


def test_a_revoked_hub_reads_it_in_a_file(scene):
    scene.see(0)
    scene.revoke()
    assert handed_in(scene, written(scene)).not_taken == 1
    shelf.of("cell")[b"1"] = 1
    assert handed_back(scene, answered(scene)) == (0, True)
    assert (scene.set_aside(), scene.standing().not_taken) == (
        [("held", "hub_revoked")],
        {("held", "hub_revoked"): 1},
    )
    assert scene.standing().revoked_at is not None


def test_a_file_is_of_use_for_nobody_else(scene):
    scene.see(0)
    file = written(scene)
    back = answered(scene)
    stranger, _ = scene.new_hub("stranger", centre=UUID(int=0xCF))
    with stranger.here(), pytest.raises(sync.NotForUs):
        sync.import_from_cell(back)
    with scene.hub.here(), pytest.raises(sync.NotForUs):
        sync.import_from_hub(file)


@pytest.mark.parametrize("changed", [b"", b"TRZH1", b"TRZ1 something else", None])
def test_a_file_that_was_changed_changes_nothing(scene, changed):
    scene.see(0)
    file = written(scene)
    with scene.cell.here(), pytest.raises(sync.NotForUs):
        sync.import_from_hub(file[:-1] + bytes([file[-1] ^ 1]) if changed is None else changed)
    with scene.hub.here(), pytest.raises(sync.NotForUs):
        sync.import_from_cell(file)
    assert scene.cell.said() == []


def test_nobody_can_write_a_file_in_a_hubs_name(scene):
    """The cell's public key is no secret; the pairing's is."""
    scene.see(0)
    with scene.hub.here():
        row = sync.upstream()
        request = sending.compose(row=row).request
        forged = by_hand._locked([messages.write(request, hub=row.hub, secret=bytes(32))], row.recipient)
        unknown = by_hand._locked([messages.write(request, hub=UUID(int=1), secret=bytes(32))], row.recipient)
    for file in (forged, unknown):
        with scene.cell.here(), pytest.raises(sync.NotForUs):
            sync.import_from_hub(file)


# --- Phones' records ---

CARRIED = Record(CENTRE, b"\4" + bytes(64), 1, 2, b"sealed" * 20)


def carried(scene: Scene, *sequences: int) -> list[str]:
    sealed = [(CARRIED.device.bytes, [(CARRIED.session, [(n, CARRIED.count, CARRIED.sealed) for n in sequences])])]
    with scene.hub.here():
        return [answer.status for answer in sync.carry(sealed=sealed)]


def test_phones_records_travel_as_they_are_over_the_line_and_in_files(scene):
    assert carried(scene, 1, 3) == ["held", "held"]
    assert carried(scene, 3, 0) == ["held", "refused"]
    assert scene.standing().records == 2

    scene.visit()
    assert scene.standing().records == 0
    assert carried(scene, 5) == ["held"]
    handed_in(scene, written(scene))

    with scene.cell.here():
        kept = [(row.record, row.reason) for row in UnopenedRecord.objects.order_by("sequence")]
    assert kept == [(Record(CENTRE, CARRIED.session, n, 2, CARRIED.sealed), "unknown_device") for n in (1, 3, 5)]
    with scene.hub.here():
        assert CarriedRecord.objects.count() == 3
    assert scene.standing().not_taken == {("refused", "unknown_device"): 2}


def test_records_that_the_cell_did_not_keep_stay_waiting(scene, monkeypatch):
    """The cell has lost the key to her device for now, and no room for more of this hub's."""
    monkeypatch.setattr(owners, "_lookups", [lambda devices: {each: Owner(ANA, None, False) for each in devices}])
    monkeypatch.setattr(keeping, "MOST_KEPT", 0)
    monkeypatch.setattr(sending, "MOST_RECORDS", 1)
    carried(scene, 1)

    assert (scene.visit().rounds, scene.standing().records) == (1, 1)
    monkeypatch.undo()
    scene.visit()
    assert scene.standing().records == 0
