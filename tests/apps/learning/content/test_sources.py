import contextlib
import stat
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.learning.content.examples import course_files
from trenza.apps.learning.content import limits, sources
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.folder import read_archive, read_course, write_course


def make_zip(path: Path, files: dict[str, bytes], prefix: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(prefix + name, data)
    return path


def problems(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(CourseErrors) as raised:
        sources.read_files(path)
    return [(error.file, error.problem) for error in raised.value.errors]


def test_folder_and_archive_give_the_same_course(tmp_path):
    write_course(course_files(), tmp_path / "folder")
    flat = make_zip(tmp_path / "flat.zip", course_files())
    nested = make_zip(tmp_path / "nested.zip", course_files(), prefix="my course/")

    versions = [read_course(tmp_path / "folder").version, read_archive(flat).version, read_archive(nested).version]

    assert len(set(versions)) == 1


def test_hidden_files_are_left_out(tmp_path):
    write_course({**course_files(), ".git/config": b"\xff", "images/.DS_Store": b"x"}, tmp_path / "a")

    assert sorted(sources.read_files(tmp_path / "a")) == ["01-password.md", "course.toml", "images/a.png"]


def test_nothing_there_is_told(tmp_path):
    assert problems(tmp_path / "none") == [("none", "There is no such folder or archive.")]


def test_links_in_a_folder_are_refused(tmp_path):
    folder = tmp_path / "course"
    write_course(course_files(), folder)
    (tmp_path / "secret.md").write_text("secret")
    (folder / "secret.md").symlink_to(tmp_path / "secret.md")
    (folder / "everything").symlink_to("/")

    assert problems(folder) == [
        ("everything", "Links are refused: they can lead anywhere."),
        ("secret.md", "Links are refused: they can lead anywhere."),
    ]


def test_links_in_an_archive_are_refused(tmp_path):
    path = make_zip(tmp_path / "a.zip", course_files())
    link = zipfile.ZipInfo("secret.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")

    assert problems(path) == [("secret.md", "Links are refused: they can lead anywhere.")]


@pytest.mark.parametrize("name", ["../a.md", "/a.md", "a/../../b.md", "C:/a.md", "a//b.md", "./a.md"])
def test_names_that_leave_the_folder_are_refused(tmp_path, name):
    path = make_zip(tmp_path / "a.zip", {name: b"x"})

    assert problems(path) == [(name, "The name leads out of the course's folder.")]
    with pytest.raises(CourseErrors):
        write_course({name: b"x"}, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["a\\b.md", "a\nb.md", "x" * 300])
def test_names_that_cannot_be_written_everywhere_are_refused(tmp_path, name):
    path = make_zip(tmp_path / "a.zip", {name: b"x"})

    assert [problem for _, problem in problems(path)] == [
        "The name is too long, or has letters that not every system can write."
    ]


def test_archive_that_grows_a_hundredfold_is_refused(tmp_path):
    path = make_zip(tmp_path / "a.zip", {"a.bin": b"\0" * 10_000_000})

    assert problems(path) == [("a.zip", "The archive would grow to more than 100 times its size.")]


def test_file_that_grows_a_hundredfold_among_others_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("big.png", bytes(range(256)) * 1000)
        archive.writestr(zipfile.ZipInfo("a.bin"), b"\0" * 1_000_000, zipfile.ZIP_DEFLATED)

    assert problems(path) == [("a.bin", "The file would grow to more than 100 times its packed size.")]


def test_archive_with_a_name_twice_is_refused(tmp_path):
    path = make_zip(tmp_path / "a.zip", {"a.md": b"x"})
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.md", "y")

    assert problems(path) == [("a.md", "The name occurs twice in the archive.")]


def test_archive_packed_in_an_unusual_way_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.md", "x")

    assert problems(path) == [("a.md", "The file is packed in an unusual way.")]


def test_archive_whose_directory_lies_about_sizes_is_refused(tmp_path):
    path = make_zip(tmp_path / "a.zip", {"a.md": b"x" * 500})
    path.write_bytes(path.read_bytes().replace((500).to_bytes(4, "little"), (400).to_bytes(4, "little")))

    assert problems(path) == [("a.zip", "This is not a folder, nor a zip archive that can be read.")]


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "FILES", 3)
    path = make_zip(tmp_path / "a.zip", {f"{n}.txt": b"x" for n in range(4)})

    assert [problem for _, problem in problems(path)] == ["More than 3 files or 64 MB."]


def test_too_many_bytes_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "TOTAL_SIZE", 1024 * 1024)
    write_course({f"{n}.bin": b"x" * 600_000 for n in range(2)}, tmp_path / "a")

    assert [problem for _, problem in problems(tmp_path / "a")] == ["More than 2,000 files or 1 MB."]


def test_large_text_is_refused(tmp_path):
    write_course({"a.md": b"x" * 200_000}, tmp_path / "a")

    assert problems(tmp_path / "a") == [("a.md", "The file is larger than 100 KB.")]


def test_course_is_not_written_over_another(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/mine.txt").write_text("mine")

    with pytest.raises(CourseErrors, match="Something is there already"):
        write_course(course_files(), tmp_path / "a")


@given(st.data())
def test_damaged_archive_is_read_or_refused(tmp_path_factory, data):
    path = make_zip(tmp_path_factory.mktemp("zip") / "a.zip", course_files())
    damaged = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)))])

    with contextlib.suppress(CourseErrors):
        assert read_archive(path).lessons
