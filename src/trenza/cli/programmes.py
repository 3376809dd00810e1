"""`trenza programme`: check, load and write back definitions."""

import json
import sys
from pathlib import Path

import click
from django.utils import translation

from trenza.apps.learning import api as learning
from trenza.apps.programmes import api as programmes
from trenza.cli import simulator
from trenza.cli.courses import compile_or_exit, errors_told, export_or_exit
from trenza.core import definition as definitions

DEFINITION = "programme.toml"
COURSES = "courses"


@click.group()
def programme() -> None:
    """Programmes as data: check a definition, load it, write it back."""


@programme.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--language", type=click.Choice(["en", "es"]), default="en", help="The language of what is said.")
def check(folders: tuple[Path, ...], language: str) -> None:
    """List everything that is wrong with the definitions in FOLDERS, with file, line and what to do."""
    problems = [problem for folder in folders for problem in definitions.check_directory(folder)]
    for folder in folders:
        problems += _scenario_problems(folder)
        for course in _courses(folder):
            problems += _course_problems(course)
    if problems:
        with translation.override(language):
            click.echo(definitions.render_in_words(problems))
        click.echo(f"{len(problems)} problems.", err=True)
        sys.exit(1)
    click.echo(f"{len(folders)} definitions, nothing wrong.")


@programme.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def load(folders: tuple[Path, ...]) -> None:
    """Load the definitions in FOLDERS and publish their courses; what is loaded already stays as it is."""
    for folder in folders:
        click.echo(load_folder(folder))


@programme.command()
@click.argument("code")
@click.option("--folder", type=click.Path(path_type=Path), help="Write it there with its courses, ready to be loaded.")
def export(code: str, folder: Path | None) -> None:
    """Write the definition of the programme CODE to standard output, as it would be loaded again."""
    found = programmes.programmes().filter(code=code).first()
    if found is None:
        click.echo(f"No programme is called {code}.", err=True)
        sys.exit(1)
    source = programmes.export_definition(found)
    if folder is None:
        click.echo(source, nl=False)
        return
    if folder.resolve().name != code:
        click.echo(f"A programme's folder is called as the programme is. Name it {folder / code}.", err=True)
        sys.exit(1)
    with errors_told():
        learning.ensure_empty(folder)
        files = {DEFINITION: source.encode(), **learning.level_check_folder(found), **_published_courses(source)}
        learning.write_files(files, folder)
    click.echo(f"{folder}: {code}. Load it elsewhere with: trenza programme load {folder}")


@programme.command()
def schema() -> None:
    """Write the JSON Schema of programme.toml to standard output, for editors."""
    click.echo(json.dumps(definitions.definition_schema(), indent=2, ensure_ascii=False))


def load_folder(folder: Path) -> str:
    """Load a definition and its courses, or exit with every problem; what was done, in a line."""
    try:
        definition = definitions.read_definition(folder)
    except definitions.DefinitionErrors as errors:
        click.echo(definitions.render_problems(errors.problems), err=True)
        sys.exit(1)
    courses = [compile_or_exit(path)[0] for path in _courses(folder)]
    for course in courses:
        learning.publish_course(course=course, by=None)
    loaded = programmes.load_definition(definition=definition, by=None)
    version = programmes.latest_version(loaded)
    return f"{loaded.code}: version {version.number if version else 0} of its definition, {len(courses)} courses."


def _published_courses(source: str) -> dict[str, bytes]:
    """The folders of the courses that a definition asks for, in their newest versions; exits where one is not here."""
    asked = learning.courses_asked(definitions.parse_definition(source.encode()))
    return {f"{COURSES}/{code}/{name}": data for code in asked for name, data in export_or_exit(code)[1].items()}


def _courses(folder: Path) -> list[Path]:
    return sorted(path.parent for path in (folder / COURSES).glob("*/course.toml"))


def _scenario_problems(folder: Path) -> list[definitions.Problem]:
    """What is wrong with the scenarios beside a definition that is well."""
    try:
        simulator.read_scenarios(folder, definitions.read_definition(folder))
    except definitions.DefinitionErrors as errors:
        return [each for each in errors.problems if each.file.endswith(simulator.NAME)]
    return []


def _course_problems(folder: Path) -> list[definitions.Problem]:
    try:
        learning.build_course(folder)
    except learning.CourseErrors as errors:
        return [
            definitions.Problem(str(folder / error.file), error.line, error.problem, error.remedy)
            for error in errors.errors
        ]
    return []
