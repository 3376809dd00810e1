"""Real courses of others, offered in a demonstration where their folders stand beside the repository."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from trenza.apps.learning import api as learning
from trenza.cli.courses import Importing, compile_or_exit
from trenza.settings import environment

_FINANCES = "https://github.com/andres-olarte396/teach-laoz-curso_finanzas_hogar"
_SECURITY = "https://github.com/microsoft/Security-101"

SAMPLES: Mapping[str, Importing] = {
    "finanzas-del-hogar-es": Importing(
        settings=(
            "authors=Andrés Olarte",
            f"source=Andrés Olarte, «Finanzas del Hogar», adaptado. {_FINANCES}",
        ),
    ),
    "hola-mundo-es": Importing(),
    "python-gapminder-es": Importing(),
    "seguridad-101-es": Importing(
        importer="markdown",
        settings=(
            "title=Seguridad 101",
            "authors=Microsoft",
            f"source=Microsoft, «Security 101», adaptado. {_SECURITY}",
        ),
    ),
}
"""By the name of their folder, with what an import must be told because the folder does not say it."""


def publish_samples() -> Iterator[str]:
    """Publish them as optional courses: no definition names them, and no completion needs them. A line for each.

    One that is published already, with its source, stays as it is: compiling pictures takes seconds.
    """
    shared = Path(environment.text("TRENZA_SHARED", str(environment.REPOSITORY.parent / "shared")))
    for name, importing in SAMPLES.items():
        folder = shared / "data" / "courses" / name
        published = learning.find_version(name)
        if not folder.is_dir() or (published and published.archive):
            continue
        course, _ = compile_or_exit(folder, as_sample(name, importing))
        learning.publish_course(course=course, by=None, optional=True)
        yield f"{course.code}: an optional course for everybody, {len(course.lessons)} lessons."


def as_sample(name: str, importing: Importing) -> Importing:
    """The options of a sample, whose code is the name of its folder."""
    return Importing(importing.importer, importing.with_file, (*importing.settings, f"code={name}"))
