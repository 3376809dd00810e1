"""A whole lesson of The Carpentries: its configuration, its episodes in order, its licence and who made it."""

import posixpath
import re
from collections.abc import Collection, Mapping

from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.importers.assembly import About, SourcePage, assemble
from trenza.apps.learning.content.importers.contract import Imported
from trenza.apps.learning.content.importers.credits import FILES as LICENCE_FILES
from trenza.apps.learning.content.importers.credits import find_licence
from trenza.apps.learning.content.importers.naming import natural, short
from trenza.apps.learning.content.importers.notes import Notes
from trenza.apps.learning.content.importers.options import DEFAULTS, Options
from trenza.apps.learning.content.importers.page import Course, Page
from trenza.apps.learning.content.importers.parts import PartConverter
from trenza.apps.learning.content.importers.pieces import Piece, Reader
from trenza.apps.learning.content.importers.reading import (
    divide_front,
    number_of,
    read_source,
    read_yaml,
    words_of,
)
from trenza.apps.learning.content.manifest import LANGUAGE
from trenza.apps.learning.content.phrases import phrases
from trenza.apps.learning.content.sources import Files

NAME = "carpentries"

_CONFIG = ("config.yaml", "config.yml", "_config.yml")
_EPISODE = re.compile(r"(?:_?episodes|_episodes_rmd)/([^/]+\.R?md)")
_FAMILIES = {
    "swc": "Software Carpentry",
    "dc": "Data Carpentry",
    "lc": "Library Carpentry",
    "cp": "The Carpentries",
    "incubator": "The Carpentries Incubator",
}
_MAINTAINERS = re.compile(
    r"^[ \t]*\**Maintainers?(?:\(s\))?\**:?[ \t]*\n+((?:[ \t]*[-*][^\n]*\n?)+)", re.MULTILINE | re.I
)
_NAMES, _NAME_LENGTH = 30, 80


def is_project(names: Collection[str]) -> bool:
    """Whether files with these names are a lesson of The Carpentries."""
    return any(name in names for name in _CONFIG) and any(_EPISODE.fullmatch(name) for name in names)


def convert(files: Files, folder_name: str, options: Options = DEFAULTS) -> Imported:
    """The lesson as a course in our format; each episode becomes one lesson or several.

    Raises:
        CourseErrors: config.yaml or an episode cannot be read, or nothing names a title, a licence or an author.
    """
    problems, notes = Problems(), Notes()
    config_file = next(name for name in _CONFIG if name in files)
    config = read_yaml(config_file, read_source(config_file, files[config_file], notes, problems), 1, problems) or {}
    episodes = _order(files, config, config_file, notes)
    language = options.language or _language(config)
    course = Course(files, options, phrases(language), notes, frozenset(episodes))
    pages = [_read_episode(course, name, problems) for name in episodes]
    about = _about(course, config, config_file, folder_name, language, problems)
    return assemble(course, about, pages, problems)


def _order(files: Files, config: Mapping[str, object], config_file: str, notes: Notes) -> list[str]:
    """The episodes in the order of the configuration; those that it does not list come last."""
    found = {posixpath.basename(name): name for name in sorted(files, key=natural) if _EPISODE.fullmatch(name)}
    listed = config.get("episodes")
    wanted = [words_of(name) for name in listed] if isinstance(listed, list) else []
    for name in wanted:
        if name and name not in found:
            notes.miss(config_file, 0, f"the episode {name} is listed, but is not in the folder.")
    order = list(dict.fromkeys(found[name] for name in wanted if name in found))
    for name in found.values():
        if name not in order:
            if wanted:
                notes.change(name, 0, f"{config_file} does not list this episode; it was kept at the end")
            order.append(name)
    return order


def _language(config: Mapping[str, object]) -> str:
    language = words_of(config.get("lang"))
    return language if LANGUAGE.fullmatch(language) else "en"


def _read_episode(course: Course, name: str, problems: Problems) -> SourcePage:
    text = read_source(name, course.files[name], course.notes, problems)
    front, body, line = divide_front(name, text, problems)
    page = Page(course, name)
    reader = Reader(page, problems)
    converter = PartConverter(reader)
    pieces = converter.convert(page.take_footnotes(body), line)
    title = words_of(front.get("title")) or posixpath.splitext(posixpath.basename(name))[0]
    minutes = number_of(front.get("teaching")) + number_of(front.get("exercises"))
    if not minutes and number_of(front.get("break")):
        minutes = number_of(front.get("break"))
        course.notes.change(name, 0, "a break of a class became a lesson to think in")
    return SourcePage(name, re.sub(r"[`*_]", "", title), pieces, min(minutes, _longest(pieces)))


def _longest(pieces: Collection[Piece]) -> int:
    """The most minutes that these can fill: a class talks about them, a learner alone does not."""
    words = sum(piece.weight for piece in pieces)
    exercises = sum(piece.question or bool(re.match(r":+ try\b", piece.markdown)) for piece in pieces)
    return max(2, words // 40 + 3 * exercises)


def _about(
    course: Course,
    config: Mapping[str, object],
    config_file: str,
    folder_name: str,
    language: str,
    problems: Problems,
) -> About:
    notes, words = course.notes, course.words
    texts = {config_file: words_of(config.get("license"))}
    for name in sorted(course.files):
        if LICENCE_FILES.fullmatch(name):
            texts[name] = read_source(name, course.files[name], notes, problems)
            notes.used.add(name)
    readme = next((name for name in sorted(course.files) if name.lower() == "readme.md"), "")
    readme_text = read_source(readme, course.files[readme], notes, problems) if readme else ""
    notes.used.add(readme)
    if readme:
        notes.change(
            readme, 0, "it tells authors about the lesson; of it the names of those who maintain it were taken"
        )
    family = _FAMILIES.get(words_of(config.get("carpentry")), _FAMILIES["cp"])
    title = words_of(config.get("title"))
    repository = words_of(config.get("source"))
    credit = f"{family}, «{title}», {words.adapted}. {repository}".strip()
    keywords = words_of(config.get("keywords"))
    if keywords:
        notes.change(config_file, 0, f"keywords were left out: {short(keywords, 200)}")
    return About(
        file=config_file,
        code=folder_name,
        title=title,
        language=language,
        licence=find_licence(texts, notes),
        authors=tuple(dict.fromkeys((family, *_maintainers(readme_text)))),
        source=credit,
    )


def _maintainers(readme: str) -> list[str]:
    found = _MAINTAINERS.search(readme)
    if not found:
        return []
    names = [
        re.sub(r"\]\([^)]*\)|\]\[[^\]]*\]|[\[\]*`]", "", line.strip().lstrip("-* ")) for line in found[1].split("\n")
    ]
    return [name.strip() for name in names if name.strip() and len(name) <= _NAME_LENGTH][:_NAMES]
