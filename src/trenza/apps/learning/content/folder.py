"""From a folder to a course. Everything that is wrong is told at once."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from trenza.apps.learning.content import glossary, sources, words
from trenza.apps.learning.content.countries import Countries
from trenza.apps.learning.content.course import Course, Lesson
from trenza.apps.learning.content.drawings import SUFFIX as DRAWING
from trenza.apps.learning.content.errors import CourseError, CourseErrors, Problems
from trenza.apps.learning.content.images import SUFFIXES as IMAGES
from trenza.apps.learning.content.lessons import LessonReader, Pictures, Supplies
from trenza.apps.learning.content.manifest import CODE, CODE_LENGTH, NAME, Manifest, read_manifest, shown
from trenza.apps.learning.content.markdown import make_parser
from trenza.apps.learning.content.media import SUFFIXES as MEDIA
from trenza.apps.learning.content.pairs import read_tests
from trenza.apps.learning.content.recordings import Recordings
from trenza.apps.learning.content.sources import Files

_SUFFIXES = (*IMAGES, DRAWING, *MEDIA)


@dataclass(frozen=True)
class Compiled:
    """A course, and what its author may want to know although nothing is wrong."""

    course: Course
    removed: tuple[CourseError, ...]
    """HTML that was taken away, with its place."""
    unused: tuple[str, ...]
    """Images and recordings of the folder that no lesson shows; they are not part of the course."""


def read_course(path: Path) -> Course:
    """The course in a folder.

    Raises:
        CourseErrors: with everything that is wrong, each with its file, its line and what to do.
    """
    if not path.is_dir():
        raise CourseErrors([CourseError(path.name or str(path), 0, "There is no such folder.", "Check the path.")])
    return compile_files(sources.read_files(path)).course


def read_archive(path: Path) -> Course:
    """The course in a zip archive, whose files may stand in one folder within it; nothing is unpacked to a disk.

    Raises:
        CourseErrors: as `read_course`, and when the archive is broken, locked, too large or full of tricks.
    """
    if not path.is_file():
        raise CourseErrors([CourseError(path.name or str(path), 0, "There is no such archive.", "Check the path.")])
    return compile_files(sources.read_files(path)).course


def write_course(files: Files, path: Path) -> None:
    """Write a course that an importer has converted to a new or empty folder, where an author can go on with it.

    Raises:
        CourseErrors: the folder holds something already, or a name would leave it.
    """
    sources.write_files(files, path)


def compile_files(files: Files) -> Compiled:
    """The course in files that are already read; importers end here too.

    Raises:
        CourseErrors: with everything that is wrong.
    """
    problems = Problems()
    if NAME not in files:
        problems.add(
            NAME, 0, "The file is missing.", "A course is described in `course.toml`, at the top of its folder."
        )
    manifest = read_manifest(files[NAME], problems) if NAME in files else None
    if manifest is None:
        manifest = _stand_in(files)
    compiled = _compile(manifest, files, problems)
    problems.raise_if_any()
    return compiled


def _stand_in(files: Files) -> Manifest:
    """Without a course.toml its lessons are checked all the same."""
    lessons = tuple(sorted(name for name in files if name.endswith(".md") and _code(name)))
    return Manifest("", "", "", "en", "", (), "", 0.0, lessons)


def _code(name: str) -> str:
    """The code of a lesson is its file's stem; empty when that is none."""
    stem = PurePosixPath(name).stem
    return stem if CODE.fullmatch(stem) and len(stem) <= CODE_LENGTH else ""


def _compile(manifest: Manifest, files: Files, problems: Problems) -> Compiled:
    codes = _check_names(manifest, files, problems)
    others = {name: data for name, data in files.items() if not name.endswith((".md", ".toml"))}
    pictures, recordings = Pictures(others, problems), Recordings(others, problems)
    spoken = words.of_course(manifest.words, files, problems)
    countries = Countries(files, spoken, problems)
    supplies = Supplies(pictures, recordings, countries, spoken)
    md = make_parser(manifest.language)
    lessons: list[Lesson] = []
    removed: list[CourseError] = []

    def read(name: str, data: bytes) -> Lesson | None:
        named = {**codes, name: _code(name)}
        reader = LessonReader(name, md, named, supplies, manifest.language, problems)
        lesson = reader.read(data)
        removed.extend(reader.removed)
        return lesson

    for name in codes:
        lesson = read(name, files[name])
        if lesson is not None:
            lessons.append(lesson)
    tests = read_tests(manifest, files, codes, read, problems) if manifest.tests else ()
    shown_files = [(file.name, file.data) for image in pictures.compiled.values() if image for file in image.files]
    played_files = [(each.name, each.data) for each in recordings.used.values() if each]
    used = pictures.compiled.keys() | recordings.names
    explained = {}
    if glossary.NAME in files:
        explained = glossary.read_glossary(spoken.fill_file(glossary.NAME, files[glossary.NAME], problems), problems)
    whole = {
        NAME,
        glossary.NAME,
        manifest.tests,
        *codes,
        *used,
        *countries.facts,
        *([words.NAME] if spoken.are_given else []),
    }
    course = Course(
        code=manifest.code,
        title=manifest.title,
        summary=manifest.summary,
        language=manifest.language,
        licence=manifest.licence,
        authors=manifest.authors,
        source=manifest.source,
        pass_score=manifest.pass_score,
        lessons=tuple(lessons),
        files=dict(sorted(shown_files + played_files)),
        tests=tests,
        folder={name: files[name] for name in sorted(whole & files.keys())},
        level=manifest.level,
        glossary=explained,
    )
    suspects = {name for name in files if name.lower().endswith(_SUFFIXES)}
    return Compiled(course, tuple(removed), tuple(sorted(suspects - used)))


def _check_names(manifest: Manifest, files: Files, problems: Problems) -> dict[str, str]:
    """The lessons that exist, in order: code by file."""
    codes: dict[str, str] = {}
    toml = files.get(NAME, b"").decode("utf-8", "replace").split("\n")
    for name in manifest.lessons:
        line = next((at for at, text in enumerate(toml, start=1) if f'"{name}"' in text or f"'{name}'" in text), 0)
        if not name.endswith(".md") or not _code(name):
            problems.add(
                NAME,
                line,
                f'"{shown(name)}" is not the name of a lesson.',
                "Use small letters, digits and hyphens, and `.md`: `01-first-steps.md`.",
            )
        elif name not in files:
            problems.add(NAME, line, f'The lesson "{shown(name)}" does not exist.', "Add it, or correct its name.")
        else:
            codes[name] = _code(name)
    for code, count in Counter(codes.values()).items():
        if count > 1:
            problems.add(NAME, 0, f'Two lessons are called "{code}".', "Rename one of the files.")
    return codes
