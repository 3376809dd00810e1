"""Recordings: `::: audio FILE TITLE` with what is said in it."""

import hashlib

import pytest

from tests.apps.learning.content.examples import (
    OPUS,
    body_errors,
    compile_body,
    compile_course,
    course_files,
    errors_of,
)
from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Course, Prose
from trenza.apps.learning.content.folder import compile_files
from trenza.apps.learning.content.media import media_weights
from trenza.apps.learning.content.pictures import picture_weights
from trenza.apps.learning.content.report import weigh

JULIA = "::: audio audio/julia.opus minutes=2 Doña Julia\nShe says: **search it**.\n:::\n"
FILES = {"audio/julia.opus": OPUS}
NAME = f"{hashlib.sha256(OPUS).hexdigest()[:20]}.opus"
MPEG = b"\xff\xfb\x90\x00" + bytes(60)
WEBM = b"\x1a\x45\xdf\xa3\x01" + bytes(20) + b"webm" + bytes(60)
BOXES = bytes(4) + b"ftypisom" + bytes(60)


def html_of(course: Course) -> list[str]:
    """Its prose."""
    return [block.html for block in course.lessons[0].blocks if isinstance(block, Prose)]


def test_recording_is_a_link_with_its_weight_and_its_words_below():
    [html] = html_of(compile_body(JULIA, FILES))

    assert html == (
        '<div class="card media"><b>Doña Julia</b>\n'
        f'<p><a class="btn ghost" href="/archivos/{NAME}" data-media="audio" data-bytes="{len(OPUS)}">'
        "Listen (2 minutes, 1 KB)</a></p>\n"
        "<details><summary>Read what it says</summary>\n<p>She says: <strong>search it</strong>.</p></details></div>"
    )


def test_nothing_in_a_page_fetches_a_recording_by_itself():
    [html] = html_of(compile_body(JULIA, FILES))

    assert [each for each in ("<audio", "<video", "<source", "src=", "<iframe", "preload") if each in html] == []


def test_recording_is_kept_as_it_is_under_its_hash_and_weighs_apart():
    course = compile_body(JULIA, FILES)
    weight = weigh(course, course.lessons[0])

    assert course.files == {NAME: OPUS}
    assert (weight.media_size, weight.image_size) == (len(OPUS), 0)


def test_weights_of_recordings_and_of_pictures_do_not_meet():
    html = html_of(compile_body(f"![A](images/a.png)\n\n{JULIA}", FILES))

    assert media_weights(html) == {f"/archivos/{NAME}": len(OPUS)}
    assert len(picture_weights(html)) == 1
    assert NAME not in str(picture_weights(html))


def test_folder_of_a_course_keeps_its_recordings_and_only_those_that_are_played():
    compiled = compile_files(course_files(JULIA, FILES | {"audio/other.mp3": MPEG}))

    assert sorted(compiled.course.folder) == ["01-password.md", "audio/julia.opus", "course.toml"]
    assert compiled.unused == ("audio/other.mp3", "images/a.png")
    assert compile_course(compiled.course.folder) == compiled.course


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.mp3", MPEG), ("a.mp3", b"ID3\x04"), ("a.m4a", BOXES), ("a.ogg", b"OggS")],
)
def test_recordings_to_listen_to(name, data):
    assert body_errors(f"::: audio {name} A title\nWords.\n:::", {name: data}) == []


@pytest.mark.parametrize(("name", "data"), [("a.webm", WEBM), ("a.mp4", BOXES)])
def test_recordings_to_watch(name, data):
    assert "Watch (1 KB)" in prose_of(f"::: video {name} A title\nWords.\n:::", {name: data})


def prose_of(body: str, files: dict[str, bytes]) -> str:
    return html_of(compile_body(body, files))[0]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.opus", b"<html><script>alert(1)</script>"),
        ("a.opus", b""),
        ("a.ogg", b"RIFF"),
        ("a.mp3", b"\xff"),
        ("a.mp3", b"\xff\xf1\x50\x80"),  # AAC, whatever it is called
        ("a.m4a", b"ftyp"),
    ],
)
def test_recording_that_is_something_else_than_its_ending_says_is_refused(name, data):
    [(file, _, problem)] = errors_of(course_files(f"Begin.\n\n::: audio {name} A title\nWords.\n:::", {name: data}))

    assert (file, problem) == (name, f"This is no .{name[2:]}, whatever it is called.")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("::: audio a.svg Title\nWords.\n:::", "A file .svg is no audio that phones play."),
        ("::: video a.opus Title\nWords.\n:::", "A file .opus is no video that phones play."),
        ("::: audio a Title\nWords.\n:::", "The audio has no ending."),
    ],
)
def test_recording_of_another_kind_is_refused(body, problem):
    others = {"a.svg": b"<svg/>", "a.opus": OPUS, "a": OPUS}

    assert [each[2] for each in errors_of(course_files(f"Begin.\n\n{body}", others))] == [problem]


@pytest.mark.parametrize(
    ("body", "line", "problem"),
    [
        ("::: audio\nWords.\n:::", 5, "The audio has no file or no title."),
        ("::: audio audio/julia.opus\nWords.\n:::", 5, "The audio has no file or no title."),
        ("::: audio audio/julia.opus minutes=2\nWords.\n:::", 5, "The audio has no file or no title."),
        ("::: audio audio/julia.opus Title\n:::", 5, "The audio says nothing to who cannot hear it."),
        ("::: audio audio/rosa.opus Title\nWords.\n:::", 5, 'The file "audio/rosa.opus" does not exist.'),
        ("::: audio ../julia.opus Title\nWords.\n:::", 5, 'The file "../julia.opus" does not exist.'),
        (
            "::: audio https://example.org/a.mp3 Title\nWords.\n:::",
            5,
            'The file "https://example.org/a.mp3" does not exist.',
        ),
        ("- ::: audio audio/julia.opus Title\n  Words.\n  :::", 5, "A recording stands within something else."),
        ("::: audio audio/julia.opus Title\nWords.", 5, "`::: audio` is never closed."),
    ],
)
def test_recording_that_is_written_wrong(body, line, problem):
    assert (line, problem) in body_errors(body, FILES)


def test_recording_that_is_too_large_is_refused():
    large = OPUS + bytes(limits.AUDIO_SIZE)
    [(file, _, problem)] = errors_of(course_files(f"Begin.\n\n{JULIA}", {"audio/julia.opus": large}))

    assert (file, problem) == ("audio/julia.opus", "The audio has 4,096 KB.")


def test_title_and_words_of_a_recording_are_made_harmless():
    html = prose_of('::: audio audio/julia.opus <b onclick="x">T</b>\n<script>x()</script>Words.\n:::', FILES)

    assert "&lt;b onclick" in html
    assert "<script" not in html
