"""Reading a backup to its end: whatever its manifest did not declare is refused."""

import pytest

from tests.core.backup.examples import ABC, WHOLE, a_manifest, forge
from trenza.core.backup import frames, reading
from trenza.core.backup.errors import BackupError, Damaged, Newer, NotABackup

ROWS, PART, END = WHOLE


def test_examine_says_what_is_in_it(tmp_path, key):
    manifest = a_manifest()

    assert reading.examine(forge(tmp_path / "b", key, [manifest, *WHOLE]), [key]) == manifest


def test_a_file_that_vanished_meanwhile_is_left_out(tmp_path, key):
    gone = frames.Part(0, b"", "")

    assert reading.examine(forge(tmp_path / "b", key, [a_manifest(), ROWS, gone, END]), [key]).rows == [2]


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ([], "Its beginning is missing"),
        ([ROWS, PART, END], "Its beginning is missing"),
        ([a_manifest()], "Its end is missing"),
        ([a_manifest(), ROWS, PART], "Its end is missing"),
        ([a_manifest(), PART, END], "Rows or files are missing"),
        ([a_manifest(), ROWS, END], "Rows or files are missing"),
        ([a_manifest(), ROWS, PART, frames.End([3], 1)], "Rows or files are missing"),
        ([a_manifest(), *WHOLE, END], "Something follows"),
        ([a_manifest(), a_manifest(), *WHOLE], "It begins twice"),
        ([a_manifest(), ROWS, ROWS, PART, END], "more rows than it declares"),
        ([a_manifest(), frames.Rows(1, [[1]]), PART, END], "does not declare"),
        ([a_manifest(), frames.Rows(-1, [[1]]), PART, END], "does not declare"),
        ([a_manifest(), frames.Rows(0, [[1, 2], [3, 4]]), PART, END], "other columns"),
        ([a_manifest(), ROWS, PART, PART, END], "another order"),
        ([a_manifest(), ROWS, frames.Part(1, b"abc", ABC), END], "another order"),
        ([a_manifest(), ROWS, frames.Part(0, b"abcd", ABC), END], "another size"),
        ([a_manifest(), ROWS, frames.Part(0, b"ab", ABC), END], "another size"),
        ([a_manifest(), ROWS, frames.Part(0, b"abd", ABC), END], "what its digest says"),
        ([a_manifest(rows=[2, 3]), *WHOLE], "contradicts itself"),
        ([a_manifest(rows=[-1]), *WHOLE], "contradicts itself"),
        ([a_manifest(files=[("media/a", 1)] * 2), *WHOLE], "contradicts itself"),
        ([a_manifest(files=[("media/../../a", 3)]), *WHOLE], "outside of Trenza's folders"),
        ([a_manifest(system="another"), *WHOLE], "first line was changed"),
        ([a_manifest(rows=[300], database_bytes=0), frames.Rows(0, [["x" * 2**20]] * 30),
          frames.Rows(0, [["x" * 2**20]] * 40)], "far more than it declares"),
    ],
)  # fmt: skip
def test_what_contradicts_its_manifest_is_damaged(tmp_path, key, inside, words):
    with pytest.raises(Damaged, match=words):
        reading.examine(forge(tmp_path / "b", key, inside), [key])


def test_newer_formats_are_told_from_damage(tmp_path, key):
    with pytest.raises(Newer, match="Update Trenza first"):
        reading.examine(forge(tmp_path / "a", key, [a_manifest(), *WHOLE], format=2), [key])
    with pytest.raises(Newer, match="Update Trenza first"):
        reading.examine(forge(tmp_path / "b", key, [a_manifest(format=2), *WHOLE]), [key])


def test_files_that_are_no_backup_are_told_from_damage(tmp_path, key):
    other = tmp_path / "photo.jpg"
    other.write_bytes(b"\xff\xd8\xff")

    with pytest.raises(NotABackup):
        reading.examine(other, [key])
    with pytest.raises(BackupError, match="cannot be read"):
        reading.examine(tmp_path / "missing", [key])
    with pytest.raises(BackupError, match="cannot be read"):
        reading.examine(tmp_path, [key])
