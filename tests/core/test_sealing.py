"""Sealed records: read by the cell alone, made by who has the secret alone."""

import stat
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from trenza.core import sealing
from trenza.core.sealing import CannotOpen, Sealer, cell_key, open_record

DEVICE = UUID(int=7)
SECRET = bytes(range(32))


def a_record(act: bytes = b"an act", *, sequence: int = 5, count: int = 3) -> sealing.Record:
    return Sealer(device=DEVICE, secret=SECRET, cell_public=cell_key().public).seal(act, sequence=sequence, count=count)


@given(st.binary(max_size=2_000), st.integers(1, 2**53 - 1), st.integers(1, sealing.MOST_ENTRIES))
def test_open_record_gives_back_what_was_sealed(act, sequence, count):
    assert open_record(a_record(act, sequence=sequence, count=count), secret=SECRET) == act


@pytest.mark.parametrize(
    "change",
    [
        {"device": UUID(int=8)},
        {"sequence": 6},
        {"sequence": -1},
        {"sequence": 2**200},
        {"count": 4},
        {"count": -1},
        {"count": 70_000},
        {"session": b""},
        {"session": b"\4" + bytes(64)},
        {"sealed": b""},
    ],
    ids=str,
)
def test_open_record_refuses_what_was_changed(change):
    with pytest.raises(CannotOpen):
        open_record(replace(a_record(), **change), secret=SECRET)


@given(st.integers(0, 20), st.integers(1, 255))
def test_open_record_refuses_any_changed_byte(place, difference):
    record = a_record()
    sealed = bytearray(record.sealed)
    sealed[place] ^= difference

    with pytest.raises(CannotOpen):
        open_record(replace(record, sealed=bytes(sealed)), secret=SECRET)


def test_open_record_refuses_who_lacks_the_secret():
    with pytest.raises(CannotOpen):
        open_record(a_record(), secret=bytes(32))


def test_record_shows_nothing_of_the_act_and_adds_a_tag():
    record = a_record(b"learning")

    assert b"learning" not in record.sealed
    assert len(record.sealed) == len(b"learning") + 16


def test_cell_key_is_made_once_and_kept_for_its_owner_alone():
    first = cell_key()
    sealing._key_within.cache_clear()
    path = Path(settings.PRIVATE_ROOT) / "sealing" / "cell.pem"

    assert cell_key().public == first.public
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(each.name for each in path.parent.iterdir()) == ["cell.pem"]
