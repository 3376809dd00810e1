"""What a course takes from the programme that its folder lies in: `PROGRAMME/courses/COURSE`.

It becomes files of the course's own, so that a published course is whole without its programme.
"""

import stat
import tomllib
from pathlib import Path
from typing import Final

import tomli_w

from trenza.apps.learning.content import limits, words
from trenza.apps.learning.content.countries import FOLDER
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.sources import Files

PROGRAMME: Final = "programme.toml"


def with_programme(path: Path, files: Files) -> dict[str, bytes]:
    """The files of a course with what its programme gives: its words, and the facts about countries that several
    courses show. Of two files of one name the course's own counts; of two words, the programme's.

    Raises:
        CourseErrors: a file of the programme is too large or cannot be read.
    """
    programme = path.resolve().parent.parent
    definition = programme / PROGRAMME
    if not definition.is_file():
        return dict(files)
    problems = Problems()
    shared = {
        f"{FOLDER}/{found.name}": _read(found, limits.TEXT_SIZE, problems)
        for found in sorted((programme / FOLDER).glob("*.toml"))
        if f"{FOLDER}/{found.name}" not in files
    }
    given = _words(_read(definition, limits.DEFINITION_SIZE, problems))
    problems.raise_if_any()
    return {**shared, **files, **({words.NAME: given} if given else {})}


def _words(definition: bytes) -> bytes:
    """The words of a definition as a file of their own; nothing where it has none, or is none, which its own
    check says."""
    try:
        table = tomllib.loads(definition.decode()).get(words.TABLE)
    except (ValueError, RecursionError):
        return b""
    return tomli_w.dumps(table).encode() if isinstance(table, dict) and table else b""


def _read(path: Path, most: int, problems: Problems) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= most:
            return path.read_bytes()
        problems.add(path.name, 0, f"The programme's file is larger than {most // 1024} KB.", "Make it smaller.")
    except OSError as error:
        problems.add(path.name, 0, "The programme's file cannot be read.", f"Check its permissions ({error.strerror}).")
    return b""
