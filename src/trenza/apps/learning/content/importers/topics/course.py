"""A whole course in topics: which files belong together, and the pages that each topic gives."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.importers.about import find_credits
from trenza.apps.learning.content.importers.assembly import About, SourcePage, assemble
from trenza.apps.learning.content.importers.contract import Imported
from trenza.apps.learning.content.importers.languages import guess_language
from trenza.apps.learning.content.importers.naming import natural
from trenza.apps.learning.content.importers.notes import Notes
from trenza.apps.learning.content.importers.options import DEFAULTS, Options
from trenza.apps.learning.content.importers.page import Course
from trenza.apps.learning.content.importers.reading import read_source
from trenza.apps.learning.content.importers.topics import outline
from trenza.apps.learning.content.importers.topics.topic import TopicConverter
from trenza.apps.learning.content.phrases import phrases
from trenza.apps.learning.content.sources import Files

NAME = "topics"

KINDS = {
    "content": ("contenido", "content", "teoria", "lectura", "lesson"),
    "exercises": ("ejercicios", "exercises", "practica", "actividades"),
    "script": ("guion", "guión", "script"),
    "evaluation": ("evaluacion", "evaluación", "evaluation", "quiz", "cuestionario"),
}
_KIND = {word: kind for kind, words in KINDS.items() for word in words}
_FILE = re.compile(rf"(?P<topic>.+?)(?:[_\-. ]|/)(?P<kind>{'|'.join(_KIND)})\.md", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)+|[0-9]+")


@dataclass
class _Topic:
    name: str
    files: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The longest number in its name: `tema_1.1_subtema_1.1.1` is 1.1.1."""
        numbers: list[str] = _NUMBER.findall(self.name.rsplit("/", 1)[-1])
        return max(numbers, key=len, default="")


def is_project(names: Collection[str]) -> bool:
    """Whether files with these names are topics with an evaluation or exercises beside their content."""
    return any({"content", "evaluation"} <= set(topic.files) or len(topic.files) > 2 for topic in _topics(names))


def _topics(names: Collection[str]) -> list[_Topic]:
    found: dict[str, _Topic] = {}
    for name in sorted(names, key=natural):
        match = _FILE.fullmatch(name)
        if match:
            topic = found.setdefault(match["topic"], _Topic(match["topic"]))
            topic.files.setdefault(_KIND[match["kind"].lower()], name)
    return list(found.values())


def convert(files: Files, folder_name: str, options: Options = DEFAULTS) -> Imported:
    """The course in our format: of each topic its content, its exercises and its evaluation, in this order.

    Raises:
        CourseErrors: a file cannot be read, or nothing names a title, a licence or an author.
    """
    problems, notes = Problems(), Notes()
    topics = _topics(files)
    texts = {
        name: read_source(name, files[name], notes, problems) for topic in topics for kind, name in topic.files.items()
    }
    described = outline.read_outline(files[outline.FILE], problems) if outline.FILE in files else outline.Outline()
    language = options.language or guess_language(texts.values())
    course = Course(files, options, phrases(language), notes, frozenset(texts))
    about_file = outline.FILE if outline.FILE in files else folder_name
    if not options.language:
        notes.change(about_file, 0, f"the language, {language}, is a guess from the words")
    pages: list[SourcePage] = []
    for topic in topics:
        titles = described.topics.get(topic.number, [])
        converter = TopicConverter(course, topic.files, texts, titles, problems)
        pages += converter.pages()
    credits = find_credits(course, problems)
    about = About(
        file=about_file,
        code=described.code or folder_name,
        title=described.title or credits.title,
        summary=described.description,
        language=language,
        licence=credits.licence,
        authors=credits.authors,
    )
    if described.title and credits.title and described.title != credits.title:
        notes.change(
            credits.title_file, 0, f"it calls the course «{credits.title}», and {about_file} «{described.title}»"
        )
    return assemble(course, about, pages, problems)
