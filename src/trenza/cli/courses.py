"""`trenza course`: build and publish courses."""

import sys
from pathlib import Path

import click

from trenza.apps.learning import api as learning


@click.group()
def course() -> None:
    """Courses: build one from a folder, publish it."""


@course.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def build(path: Path) -> None:
    """Compile a course folder or archive and say what was kept. Publishes nothing."""
    _, report = compile_or_exit(path)
    click.echo(learning.render_report(report))


@course.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--optional", is_flag=True, help="Offered beside the programmes; no completion needs it.")
def publish(path: Path, optional: bool) -> None:
    """Compile a course and publish it as a version; the same content again changes nothing."""
    compiled, _ = compile_or_exit(path)
    version = learning.publish_course(course=compiled, by=None, optional=optional)
    click.echo(f"{version.course.code} {version.short}: version {version.number}, {len(compiled.lessons)} lessons.")


def compile_or_exit(path: Path) -> tuple[learning.CompiledCourse, learning.Report]:
    """The course in a folder or archive; prints every error and exits where there is one."""
    try:
        return learning.build_course(path)
    except learning.CourseErrors as errors:
        for error in errors.errors:
            click.echo(str(error), err=True)
        sys.exit(1)
