"""A whole folder of Markdown as a course."""

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Mapping

from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.importers.about import find_credits
from trenza.apps.learning.content.importers.assembly import About, SourcePage, assemble
from trenza.apps.learning.content.importers.contract import Imported
from trenza.apps.learning.content.importers.languages import guess_language
from trenza.apps.learning.content.importers.naming import natural
from trenza.apps.learning.content.importers.notes import Notes
from trenza.apps.learning.content.importers.options import DEFAULTS, Options
from trenza.apps.learning.content.importers.page import Course, Page
from trenza.apps.learning.content.importers.parts import PartConverter
from trenza.apps.learning.content.importers.pieces import Piece, Reader, weigh_words
from trenza.apps.learning.content.importers.quiz_pages import QuizConverter, looks_like_quiz
from trenza.apps.learning.content.importers.reading import divide_front, read_source, words_of
from trenza.apps.learning.content.importers.sections import sections, without_number
from trenza.apps.learning.content.manifest import LANGUAGE
from trenza.apps.learning.content.phrases import phrases
from trenza.apps.learning.content.sources import Files

NAME = "markdown"

_NO_PAGES = re.compile(
    r"(?:readme|licen[cs]e|copying|contributing|code[_-]of[_-]conduct|changelog|security|support|authors|citation|translations?)"
    r"(?:\.[a-z]{2}(?:-[a-z]{2})?)?\.md",
    re.IGNORECASE,
)
_MODULE = re.compile(r"([0-9]{1,3})\.[0-9]")
_LANGUAGE_CODE = re.compile(r"\"language_code\"\s*:\s*\"([A-Za-z-]{2,8})\"")
_BOILERPLATE = re.compile(
    r"co-?op[- ]translator|servicio de traducci[oó]n (?:autom[aá]tica|por IA)|machine[- ](?:based )?(?:AI )?translat"
    r"|AI translation service",
    re.IGNORECASE,
)
_LAST_PIECES = 3


def is_project(names: Collection[str]) -> bool:
    """Whether there is any page among files with these names."""
    return bool(_pages(names))


def _pages(names: Collection[str]) -> list[str]:
    """The pages in their order. A README is the page of its folder, but not of the whole course."""
    found = [
        name
        for name in names
        if name.lower().endswith((".md", ".markdown"))
        and (not _NO_PAGES.fullmatch(posixpath.basename(name)) or ("/" in name and _is_readme(name)))
    ]
    return sorted(found, key=lambda name: natural(re.sub(r"(?i)(^|/)(readme|index)\.md$", r"\1", name)))


def _is_readme(name: str) -> bool:
    return posixpath.basename(name).lower() == "readme.md"


def convert(files: Files, folder_name: str, options: Options = DEFAULTS) -> Imported:
    """The folder as a course in our format.

    Raises:
        CourseErrors: a file cannot be read, or nothing names a title, a licence or an author.
    """
    problems, notes = Problems(), Notes()
    names = _pages(files)
    texts = {name: read_source(name, files[name], notes, problems) for name in names}
    language = options.language or _language(texts)
    course = Course(files, options, phrases(language), notes, frozenset(names))
    reader = _FolderReader(course, texts, problems)
    pages = [page for name in names if (page := reader.read(name)) is not None]
    if not options.language:
        notes.change(folder_name, 0, f"the language, {language}, is what the texts say or a guess from their words")
    credits = find_credits(course, problems)
    about = About(
        file=credits.title_file or folder_name,
        code=folder_name,
        title=credits.title,
        language=language,
        licence=credits.licence,
        authors=credits.authors,
        remark=course.words.machine_translation if reader.translated else "",
    )
    return assemble(course, about, pages, problems)


def _language(texts: Mapping[str, str]) -> str:
    named = Counter(found[1] for text in texts.values() for found in _LANGUAGE_CODE.finditer(text[:2_000]))
    most = named.most_common(1)[0][0] if named else ""
    return most if LANGUAGE.fullmatch(most) else guess_language(texts.values())


class _FolderReader:
    """Reads pages one after the other. `translated` is whether any says that a machine translated it."""

    def __init__(self, course: Course, texts: Mapping[str, str], problems: Problems) -> None:
        self.course, self.texts, self.problems = course, texts, problems
        self.translated = False

    def read(self, name: str) -> SourcePage | None:
        front, body, line = divide_front(name, self.texts[name], self.problems)
        page = Page(self.course, name)
        reader = Reader(page, self.problems)
        stem = posixpath.splitext(posixpath.basename(name))[0]
        title, body = self._title(words_of(front.get("title")), body, line, stem)
        body = page.take_footnotes(body)
        if looks_like_quiz(stem) or looks_like_quiz(title):
            pieces = QuizConverter(reader).convert(body, line)
            pieces = self._without_boilerplate(page, pieces)
            if not any(piece.question for piece in pieces):
                if self.course.options.ungraded_quiz == "drop":
                    page.change(0, "a page of questions without a key was left out")
                    self.course.notes.used.add(name)
                    return None
                page.change(0, "a page of questions has no choices with a key here; it is prose")
        else:
            pieces = self._without_boilerplate(page, PartConverter(reader).convert(body, line))
        module = _MODULE.match(stem)
        summary = self.course.words.module.format(number=module[1]) if module else ""
        return SourcePage(name, title, pieces, summary=summary)

    def _title(self, named: str, body: str, line: int, stem: str) -> tuple[str, str]:
        """The title of a page, and the page without the heading that says it."""
        found = next((section for section in sections(body, line) if section.level), None)
        plain = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]|<[^>]*>", r"\1", found.title).strip() if found else ""
        if found and (not named or plain.casefold() == named.casefold()):
            lines = body.split("\n")
            lines[found.line - line] = ""
            body = "\n".join(lines)
        title = named or plain or without_number(stem.replace("_", " ").replace("-", " "))
        return " ".join(title.split()) or stem, body

    def _without_boilerplate(self, page: Page, pieces: list[Piece]) -> list[Piece]:
        """The pieces without what a translation service writes below each page."""
        for at in range(max(0, len(pieces) - _LAST_PIECES), len(pieces)):
            if _BOILERPLATE.search(pieces[at].markdown):
                self.translated = True
                if self.course.options.boilerplate == "keep":
                    return pieces
                words = sum(weigh_words(piece.markdown) for piece in pieces[at:])
                page.change(
                    pieces[at].line,
                    f"what a translation service wrote below the page was left out ({words} words); the source says it",
                )
                self.course.notes.kept["links outside"] -= sum(
                    len(re.findall(r"\]\(http", piece.markdown)) for piece in pieces[at:]
                )
                return pieces[:at]
        return pieces
