"""Build a course from whatever somebody has: our folder, an archive of it, or a project that an importer knows."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from trenza.apps.learning.content import importers, sources
from trenza.apps.learning.content.advice import advise
from trenza.apps.learning.content.beside import with_programme
from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.errors import CourseError, CourseErrors
from trenza.apps.learning.content.importers import Imported, Options
from trenza.apps.learning.content.report import Remark, Report, count_kept, weigh

if TYPE_CHECKING:
    from trenza.apps.learning.content.folder import Compiled

OWN_FORMAT = "trenza"


def build_course(
    path: Path,
    options: Options | None = None,
    *,
    importer: str = "",
    settings: Iterable[str] = (),
    on_request: bool = False,
) -> tuple[Course, Report]:
    """The course in a folder or zip archive, whatever its format, and what became of it.

    A folder without course.toml is given to the importer that knows it, or to the one named. Plain Markdown is
    imported only when it is named, an import.toml stands in the folder, or an import is asked for (`on_request`): else
    a course of ours that lacks its course.toml would be taken for it.

    Raises:
        CourseErrors: everything that is wrong with it. Errors in an imported course name the file that it came from.
    """
    from trenza.apps.learning.content.folder import compile_files  # the parser of Markdown, 2 MB

    files = with_programme(path, sources.read_files(path))
    name = importer or importers.recognise(files, on_request=on_request)
    if name:
        imported = importers.convert(files, folder_name(path), options, importer=name, settings=settings)
        return compile_imported(imported, name)
    compiled = compile_files(files)
    return compiled.course, _report(compiled, OWN_FORMAT, None)


def folder_name(path: Path) -> str:
    """What the folder or archive is called; a course that has no code of its own gets one from it."""
    whole = path.resolve()
    return whole.stem if whole.is_file() else whole.name


def compile_imported(imported: Imported, name: str) -> tuple[Course, Report]:
    """The course that the importer of this name made, and what became of it.

    Raises:
        CourseErrors: as `build_course`.
    """
    from trenza.apps.learning.content.folder import compile_files

    try:
        compiled = compile_files(imported.files)
    except CourseErrors as errors:
        raise CourseErrors(
            CourseError(imported.origin.get(error.file, error.file), 0, error.problem, error.remedy)
            if error.file in imported.origin
            else error
            for error in errors.errors
        ) from errors
    return compiled.course, _report(compiled, name, imported)


def _report(compiled: "Compiled", name: str, imported: Imported | None) -> Report:
    course = compiled.course
    origin = imported.origin if imported else {}
    lessons = tuple(weigh(course, lesson) for lesson in course.lessons)
    return Report(
        format=name,
        code=course.code,
        title=course.title,
        language=course.language,
        licence=course.licence,
        authors=course.authors,
        source=course.source,
        version=course.version,
        lessons=lessons,
        kept={**count_kept(course), **(imported.kept if imported else {})},
        missing=imported.missing if imported else (),
        changed=imported.changed if imported else (),
        removed=tuple(
            Remark(origin.get(each.file, each.file), 0 if origin else each.line, f"{each.problem} {each.remedy}")
            for each in compiled.removed
        ),
        unused=imported.unused if imported else compiled.unused,
        warnings=tuple(
            Remark(origin[each.file], 0, each.text) if each.file in origin else each for each in advise(course, lessons)
        ),
    )
