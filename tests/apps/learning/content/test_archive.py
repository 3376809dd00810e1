"""A course folder goes into one file and comes back as the same course."""

from hypothesis import given
from hypothesis import strategies as st

from tests.apps.learning.content.courses import courses
from tests.apps.learning.content.examples import course_files, picture
from trenza.apps.learning.content.archive import pack, unpack
from trenza.apps.learning.content.folder import compile_files

NAMES = st.text("abcdefghij/-.é", min_size=1, max_size=20)


@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=6))
def test_files_come_back_as_they_were_and_pack_alike(files):
    assert unpack(pack(files)) == files
    assert pack(dict(reversed(files.items()))) == pack(files)


@given(courses())
def test_course_that_was_packed_is_the_same_course(files):
    course = compile_files(files).course

    again = compile_files(unpack(pack(course.folder))).course

    assert again == course
    assert again.version == course.version
    assert again.folder == course.folder


def test_folder_of_a_course_holds_what_it_uses_and_nothing_else():
    body = "![red](images/a.png)"
    others = {"images/b.png": picture(color="blue"), "notes.txt": b"x", "03-draft.md": b"x"}

    folder = compile_files(course_files(body, others)).course.folder

    assert sorted(folder) == ["01-password.md", "course.toml", "images/a.png"]
    assert folder["01-password.md"] == course_files(body)["01-password.md"]
    assert folder["images/a.png"] == picture()
