"""What a README and a licence file beside the pages say of a course."""

import re
from dataclasses import dataclass

from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.importers.credits import FILES as LICENCE_FILES
from trenza.apps.learning.content.importers.credits import find_licence
from trenza.apps.learning.content.importers.page import Course
from trenza.apps.learning.content.importers.reading import read_source
from trenza.apps.learning.content.importers.sections import sections

_EMOJI = re.compile(r"[^\w\s«»\"'¿?¡!().,:;&/+-]")
_KIND = re.compile(r"\A(?:curso|course)\s*:\s*", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"^Copyright (?:\(c\)|©)?\s*(?:[0-9]{4}(?:\s*[-–,]\s*[0-9]{4})*)?\s*([^\n<]{2,80}?)\s*(?:<.*)?$", re.M | re.I
)


@dataclass(frozen=True)
class Credits:
    """Empty texts for what nobody says. `title_file` is the file that says the title."""

    title: str
    title_file: str
    licence: str
    authors: tuple[str, ...]


def find_credits(course: Course, problems: Problems) -> Credits:
    """The licence first from a licence file, else from the README, whose first heading is a title."""
    notes = course.notes
    texts: dict[str, str] = {}
    for name in sorted(course.files):
        if LICENCE_FILES.fullmatch(name):
            texts[name] = read_source(name, course.files[name], notes, problems)
            notes.used.add(name)
    authors = [found[1].strip(" .,") for text in texts.values() for found in _COPYRIGHT.finditer(text)]
    readme = next(
        (name for name in sorted(course.files) if name.lower() == "readme.md" and name not in course.pages), ""
    )
    title = ""
    if readme:
        text = read_source(readme, course.files[readme], notes, problems)
        texts[readme] = text
        notes.used.add(readme)
        words = len(re.findall(r"\w+", text))
        notes.change(
            readme, 0, f"it tells about the folder ({words} words); of it only the licence and the title count"
        )
        headings = [section.title for section in sections(text, 1) if section.level == 1]
        title = _KIND.sub("", " ".join(_EMOJI.sub(" ", headings[0]).split())) if headings else ""
    return Credits(title, readme, find_licence(texts, notes), tuple(dict.fromkeys(authors)))
