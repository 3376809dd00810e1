"""`trenza course`: courses from a folder into the system, and back."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from trenza.apps.learning import api as learning
from trenza.cli.checking import check_course, course_folders, summary

_PATH = click.Path(exists=True, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_PATH = click.Path(path_type=Path)


@dataclass(frozen=True)
class Importing:
    """What the command line says about a course in somebody else's format."""

    importer: str = ""
    with_file: Path | None = None
    settings: tuple[str, ...] = ()


AS_IT_IS: Final = Importing()


def importing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of an import; it takes them as the keywords of `Importing`."""
    for option in (
        click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set one of its keys; repeat it."),
        click.option("--with", "with_file", type=_FILE, help="An import.toml: what to do with what our format lacks."),
        click.option("--as", "importer", default="", metavar="NAME", help="Read it as this format, whatever it is."),
    ):
        command = option(command)
    return command


@click.group()
def course() -> None:
    """Courses: import one, check it, publish it, write it back."""


@course.command(name="import")
@click.argument("source", type=_PATH)
@click.argument("dest", type=_NEW_PATH)
@importing
def import_course(source: Path, dest: Path, **options: Any) -> None:
    """Convert the course SOURCE, a folder or an archive, into a new folder DEST that an author can go on writing."""
    with errors_told():
        learning.ensure_empty(dest)
        compiled, report = _build(source, Importing(**options), on_request=True)
        learning.write_files(compiled.folder, dest)
    click.echo(learning.render_report(report))
    click.echo(f"{dest}: {len(compiled.folder)} files. Look at it again with: trenza course check {dest}")


@course.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@importing
def check(paths: tuple[Path, ...], **options: Any) -> None:
    """List what is wrong with the courses in PATHS and what could be better, with file, line and what to do.

    A path is a course, or a folder in which there are courses: then a table sums up what they hold.
    """
    how = Importing(**options)
    groups = [(path, [path] if how.importer else course_folders(path)) for path in paths]
    checked = [check_course(path, partial(_build, options=how)) for _, folders in groups for path in folders]
    for each in checked:
        for line in each.lines:
            click.echo(line)
    wrong, warnings = sum(each.errors for each in checked), sum(each.warnings for each in checked)
    if any(folders != [path] for path, folders in groups):
        table, too_heavy = summary(checked)
        click.echo(table)
        wrong += too_heavy
    click.echo(f"{len(checked)} courses: {wrong} errors, {warnings} warnings.")
    if wrong:
        sys.exit(1)


@course.command()
@click.argument("path", type=_PATH)
@importing
def build(path: Path, **options: Any) -> None:
    """Compile a course folder or archive and say what was kept. Publishes nothing."""
    _, report = compile_or_exit(path, Importing(**options))
    click.echo(learning.render_report(report))


@course.command()
@click.argument("path", type=_PATH)
@click.option("--optional", is_flag=True, help="Offered beside the programmes; no completion needs it.")
@importing
def publish(path: Path, optional: bool, **options: Any) -> None:
    """Compile a course and publish it as a version; the same content again changes nothing."""
    compiled, _ = compile_or_exit(path, Importing(**options))
    version = learning.publish_course(course=compiled, by=None, optional=optional)
    click.echo(f"{version.course.code} {version.short}: version {version.number}, {len(compiled.lessons)} lessons.")


@course.command()
@click.argument("name", metavar="CODE[@VERSION]")
@click.argument("dest", type=_NEW_PATH)
def export(name: str, dest: Path) -> None:
    """Write a published course back as a new folder DEST; publishing that again is the same version.

    VERSION is its number or the beginning of its hash; without it, the newest.
    """
    with errors_told():
        learning.ensure_empty(dest)
        version, folder = export_or_exit(name)
        learning.write_files(folder, dest)
    click.echo(f"{dest}: {version.course.code} {version.short}, version {version.number}, {len(folder)} files.")


@course.command()
@click.argument("dest", type=_NEW_PATH)
def schema(dest: Path) -> None:
    """Write the JSON Schemas of course.toml, of a lesson's front matter and of import.toml to the folder DEST."""
    dest.mkdir(parents=True, exist_ok=True)
    for name, text in learning.schema_files().items():
        (dest / name).write_text(text, encoding="utf-8")
        click.echo(str(dest / name))


def compile_or_exit(path: Path, options: Importing = AS_IT_IS) -> tuple[learning.CompiledCourse, learning.Report]:
    """The course in a folder or archive; prints every error and exits where there is one."""
    with errors_told():
        return _build(path, options)


def export_or_exit(name: str) -> tuple[learning.CourseVersion, dict[str, bytes]]:
    """The version that CODE[@VERSION] names, and its course folder; says why and exits where there is none."""
    code, _, wanted = name.partition("@")
    version = learning.find_version(code, wanted)
    if version is None:
        _exit(f"No version {wanted} of a course {code} was published." if wanted else f"No course is called {code}.")
    try:
        return version, learning.course_folder(version)
    except learning.SourceNotKept as error:
        if error.lost:
            _exit(f"{code} {version.short}: the file {version.archive} is not there. Restore it from a backup.")
        _exit(
            f"{code} {version.short} was published before sources were kept. "
            "Publish it again from its folder, and export that."
        )


@contextmanager
def errors_told() -> Iterator[None]:
    """Prints every error of a course and exits with 1."""
    try:
        yield
    except learning.CourseErrors as errors:
        _exit(str(errors))


def _build(
    path: Path, options: Importing, *, on_request: bool = False
) -> tuple[learning.CompiledCourse, learning.Report]:
    chosen = None
    if options.with_file:
        chosen = learning.read_options(options.with_file.read_bytes(), name=str(options.with_file))
    return learning.build_course(
        path, chosen, importer=options.importer, settings=options.settings, on_request=on_request
    )


def _exit(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(1)
