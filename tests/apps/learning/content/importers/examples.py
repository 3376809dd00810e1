"""What the tests of importers share: small sources of our own, and the words of a source and of a course."""

import html
import re
from collections import Counter
from collections.abc import Mapping

from markdown_it import MarkdownIt

from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.build import compile_imported
from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.importers import Imported, Options
from trenza.apps.learning.content.importers.notes import Notes
from trenza.apps.learning.content.importers.page import Course as SourceCourse
from trenza.apps.learning.content.importers.page import Page
from trenza.apps.learning.content.importers.parts import PartConverter
from trenza.apps.learning.content.importers.pieces import Reader
from trenza.apps.learning.content.phrases import phrases

_md = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def convert_page(
    text: str, files: Mapping[str, bytes] | None = None, options: Options | None = None, file: str = "a.md"
) -> tuple[str, Notes]:
    """One page as our Markdown, links to pages still open, and what was noted."""
    notes = Notes()
    course = SourceCourse(files or {}, options or Options(), phrases("en"), notes, frozenset({"a.md", "b.md"}))
    page = Page(course, file)
    problems = Problems()
    pieces = PartConverter(Reader(page, problems)).convert(page.take_footnotes(text), 1)
    problems.raise_if_any()
    return "\n\n".join(piece.markdown for piece in pieces), notes


def remarks(notes: Notes) -> list[tuple[int, str]]:
    """Line and text of everything that was noted."""
    return [(each.line, each.text) for each in (*notes.missing, *notes.changed)]


def compiled(imported: Imported) -> Course:
    """The course that an importer made."""
    return compile_imported(imported, "test")[0]


def body(course: Course, at: int = 0) -> str:
    """The HTML of a lesson between the start of the form and its button."""
    whole = lesson_body_html(course, course.lessons[at])
    return whole.split("data-lesson>\n")[1].split('\n<button class="btn">')[0]


def words_of_html(text: str) -> Counter[str]:
    """The words that somebody can read or hear, with descriptions of pictures."""
    text = re.sub(r"<!--.*?-->", " ", text, flags=re.DOTALL)
    hidden = " ".join(re.findall(r'(?:alt|title)="([^"]*)"', text))
    plain = html.unescape(re.sub(r"<[^>]*>", " ", text) + " " + hidden)
    return Counter(re.findall(r"[^\W_]+", plain.casefold()))


def words_of_source(text: str) -> Counter[str]:
    """The words of a Markdown source without its front matter, its colons and its attributes."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^\s*:{3,}.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\{alt='(.*?)'\}", r" \1", text, flags=re.DOTALL)
    return words_of_html(_md.render(text))


def lost_words(files: Mapping[str, bytes], imported: Imported) -> dict[str, Counter[str]]:
    """By Markdown file of the source, the words that stand there more often than in the lessons made from it."""
    course = compiled(imported)
    names = [name for name in imported.files if name.endswith(".md")]
    found: dict[str, Counter[str]] = {}
    for name, lesson in zip(names, course.lessons, strict=True):
        text = f"{lesson_body_html(course, lesson)} {html.escape(lesson.summary)}"
        found.setdefault(imported.origin[name], Counter()).update(words_of_html(text))
    return {
        name: words_of_source(data.decode()) - found.get(name, Counter())
        for name, data in files.items()
        if name.endswith(".md")
    }
