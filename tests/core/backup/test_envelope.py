"""The outside of a backup: one line in plain text, then age."""

import base64
import io
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.core.backup import envelope
from trenza.core.backup.errors import BackupError, Damaged, Newer, NotABackup, WrongKey

LINE = envelope.Line(format=1, trenza="0.1.0", system="s", device="d", made_at="2026-11-22T14:00:00+00:00")
CONTENT = bytes(range(256)) * 800  # three chunks of age's and a part of a fourth
KEY = envelope.Identity.generate()


def sealed(content: bytes = CONTENT, key: Any = KEY) -> bytes:
    into = io.BytesIO()
    envelope.seal(iter([content[:1_000], b"", content[1_000:]]), into, [key.to_public()])
    return into.getvalue()


SEALED = sealed()


def unsealed(data: bytes, key: Any = KEY) -> bytes:
    with envelope.unseal(io.BytesIO(data), [key]) as stream:
        return stream.read()


def test_what_is_sealed_is_unsealed():
    assert unsealed(SEALED) == CONTENT
    assert unsealed(sealed(b"")) == b""
    assert CONTENT[:64] not in SEALED


def test_what_follows_the_line_is_ordinary_age():
    file = io.BytesIO(envelope.write_line(LINE) + SEALED)

    assert file.readline().startswith(b'trenza-backup {"format":1')
    assert pyrage.decrypt(file.read(), [KEY]) == CONTENT


@given(st.integers(0, len(SEALED) - 1))
def test_cut_off_anywhere_is_damaged(length):
    with pytest.raises(Damaged, match="cut off"):
        unsealed(SEALED[:length])


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_changed_anywhere_is_damaged_or_locked(place, change):
    data = bytearray(SEALED)
    data[place] ^= change

    with pytest.raises((Damaged, WrongKey)):
        unsealed(bytes(data))


def test_lengthened_is_damaged():
    with pytest.raises(Damaged):
        unsealed(SEALED + b"x")


def test_another_key_is_the_wrong_one():
    with pytest.raises(WrongKey, match="locked for another one"):
        unsealed(SEALED, envelope.Identity.generate())


def test_who_stops_reading_early_gets_his_own_error_and_no_thread_stays():
    def stop() -> None:
        with envelope.unseal(io.BytesIO(sealed(bytes(2**22))), [KEY]) as stream:
            stream.read(1)
            raise ZeroDivisionError

    threads = threading.active_count()
    with pytest.raises(ZeroDivisionError):
        stop()
    assert threading.active_count() == threads


def test_an_error_in_what_is_sealed_is_raised_as_it_is():
    def chunks() -> Iterator[bytes]:
        yield b"x"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        envelope.seal(chunks(), io.BytesIO(), [KEY.to_public()])


# --- The line ---


def test_line_comes_back_and_the_file_is_left_at_what_follows():
    file = io.BytesIO(envelope.write_line(LINE) + b"age")

    assert (envelope.read_line(file), file.read()) == (LINE, b"age")


@pytest.mark.parametrize(
    ("first", "error"),
    [
        (b"", NotABackup),
        (b"PK\x03\x04", NotABackup),
        (b"age-encryption.org/v1\n", NotABackup),
        (b"trenza-backup {", Damaged),
        (b"trenza-backup {}\n", Damaged),
        (b"trenza-backup \xff\n", Damaged),
        (envelope.write_line(LINE).replace(b'"format":1', b'"format":2'), Newer),
        (envelope.write_line(LINE).replace(b'"format":1', b'"format":2,"new":1'), Newer),
    ],
)
def test_line_of_something_else_is_refused(first, error):
    with pytest.raises(error):
        envelope.read_line(io.BytesIO(first))


# --- Keys ---


def line_with(wrapped: str) -> envelope.Line:
    return envelope.Line(format=1, trenza="", system="", device="", made_at="", wrapped=wrapped)


@pytest.mark.slow
def test_passphrase_opens_what_it_wrapped():
    line = line_with(envelope.wrap(KEY, "cuatro palabras al azar"))

    assert str(envelope.unwrap(line, "cuatro palabras al azar")) == str(KEY)


@pytest.mark.parametrize("wrapped", ["", "x", "YWdl", base64.b64encode(SEALED).decode()])
def test_what_no_passphrase_wrapped_is_not_opened(wrapped):
    with pytest.raises(WrongKey):
        envelope.unwrap(line_with(wrapped), "cuatro palabras al azar")


def test_recipient_that_is_none_is_refused_with_what_to_do():
    assert str(envelope.recipient(f" {KEY.to_public()}\n")) == str(KEY.to_public())
    with pytest.raises(BackupError, match="trenza backup-key FILE"):
        envelope.recipient("age1nonsense")


def test_identities_are_read_from_a_file_of_ages(tmp_path: Path):
    path = tmp_path / "key"
    path.write_text(f"# a comment\n\n{KEY}\n")
    assert [str(each) for each in envelope.read_identities(path)] == [str(KEY)]

    for content in (b"", b"\xff", b"# only\n", b"AGE-SECRET-KEY-1X\n"):
        path.write_bytes(content)
        with pytest.raises(WrongKey):
            envelope.read_identities(path)
    with pytest.raises(WrongKey):
        envelope.read_identities(tmp_path / "missing")


def test_nothing_decrypted_reaches_the_disk(tmp_path: Path):
    """Whatever is opened for writing while a backup is read, Python would tell an audit hook."""
    script = f"""
import io, os, sys, django
django.setup()
from trenza.core.backup import envelope
key = envelope.Identity.from_str({str(KEY)!r})
into = io.BytesIO()
envelope.seal(iter([b"x" * 10**6]), into, [key.to_public()])
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(args))
with envelope.unseal(io.BytesIO(into.getvalue()), [key]) as stream:
    assert len(stream.read()) == 10**6
print([path for path, mode, flags in opened if not isinstance(path, int)])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)

    assert done.stdout == "[]\n"
