"""One topic: its content, its exercises and its evaluation as pages."""

import re
from collections.abc import Mapping, Sequence

from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.importers.assembly import SourcePage
from trenza.apps.learning.content.importers.escaping import container
from trenza.apps.learning.content.importers.page import Course, Page
from trenza.apps.learning.content.importers.parts import PartConverter
from trenza.apps.learning.content.importers.pieces import Piece, Reader, weigh_words
from trenza.apps.learning.content.importers.quiz_pages import QuizConverter
from trenza.apps.learning.content.importers.sections import calm, sections, without_number

_KEY = r"[ \t]*(?:[-*][ \t]+)?\*\*([^*\n]{1,60}?)"
_VALUE = r"[ \t]*([^\n]+?)[ \t]*"
_FACT = re.compile(rf"{_KEY}\*\*[ \t]*:{_VALUE}|{_KEY}:\*\*{_VALUE}")
_TIME = re.compile(r"(?:tiempo|duraci[oó]n|time|duration)", re.IGNORECASE)
_MINUTES = re.compile(r"([0-9]{1,3})\s*(?:min|horas?|hours?)", re.IGNORECASE)
_FACTS_TITLE = re.compile(r"\W*(?:ficha(?:\s+t[eé]cnica)?|datos|facts|metadata)\b", re.IGNORECASE)
_GOALS_TITLE = re.compile(r"\W*(?:objetivos?|objectives?|goals?)\b", re.IGNORECASE)
_RULE = re.compile(r"[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*")


class TopicConverter:
    """Converts the files of one topic. `titles` are what the outline calls it, from the module down."""

    def __init__(
        self,
        course: Course,
        files: Mapping[str, str],
        texts: Mapping[str, str],
        titles: Sequence[str],
        problems: Problems,
    ) -> None:
        self.course, self.files, self.texts, self.titles, self.problems = course, files, texts, titles, problems
        self.minutes = 0
        self.facts: list[str] = []

    def pages(self) -> list[SourcePage]:
        """The pages of the topic. The minutes that its content names are those of all of them together."""
        words = self.course.words
        pages = []
        title = ""
        if "content" in self.files:
            page = self._content(self.files["content"])
            title = page.title
            pages.append(page)
        if "exercises" in self.files:
            pages.append(self._exercises(self.files["exercises"], title, words.exercises_page))
        if "evaluation" in self.files:
            pages.append(self._evaluation(self.files["evaluation"], title, words.quiz_page))
        if "script" in self.files:
            self._script(self.files["script"], pages)
        total = sum(piece.weight for page in pages for piece in page.pieces)
        if not self.minutes or not total:
            return pages
        return [
            SourcePage(page.file, page.title, page.pieces, self.minutes * _weight(page) / total, page.summary)
            for page in pages
        ]

    def _reader(self, file: str) -> Reader:
        return Reader(Page(self.course, file), self.problems)

    def _summary(self, facts: Sequence[str]) -> str:
        return ". ".join([*([" · ".join(self.titles)] if self.titles else []), *facts])

    def _content(self, file: str) -> SourcePage:
        reader = self._reader(file)
        title, rest, line = self._head(reader, self.texts[file])
        rest, facts = self._take_facts(file, rest, line)
        pieces = PartConverter(reader).convert(reader.page.take_footnotes(rest), line)
        return SourcePage(file, title or file, pieces, summary=self._summary(facts))

    def _exercises(self, file: str, title: str, name: str) -> SourcePage:
        """Each section of the second level becomes a part to do; objectives become a note."""
        reader = self._reader(file)
        own, rest, line = self._head(reader, self.texts[file])
        pieces = PartConverter(reader).convert(reader.page.take_footnotes(rest), line)
        self._tell_other_title(file, own, title)
        return SourcePage(file, name.format(title=title or own), self._cards(file, pieces), summary=self._summary([]))

    def _cards(self, file: str, pieces: Sequence[Piece]) -> list[Piece]:
        cards: list[Piece] = []
        heading: Piece | None = None
        inner: list[Piece] = []

        def end() -> None:
            if heading is None:
                cards.extend(inner)
            elif inner:
                goals = _GOALS_TITLE.match(heading.title)
                self.course.notes.kept["objectives" if goals else "exercises"] += 1
                if goals:
                    what = f"a part called «{heading.title}» is called «{self.course.words.objectives}»"
                    self.course.notes.change(file, heading.line, what)
                name = f"note {self.course.words.objectives}" if goals else f"try {heading.title}"
                markdown = container(name, "\n\n".join(piece.markdown for piece in inner))
                cards.append(
                    Piece(
                        markdown,
                        heading.line,
                        title=heading.title,
                        anchors=heading.anchors,
                        weight=weigh_words(markdown) + 60,
                        box=True,
                    )
                )
            else:
                cards.append(heading)
            inner.clear()

        for piece in pieces:
            if piece.level == 2:
                end()
                heading = piece
            elif piece.markdown != "___":
                inner.append(piece)
        end()
        return cards

    def _evaluation(self, file: str, title: str, name: str) -> SourcePage:
        reader = self._reader(file)
        own, rest, line = self._head(reader, self.texts[file])
        self._tell_other_title(file, own, title)
        facts: list[str] = []
        lines = rest.split("\n")
        for section in sections(rest, line):
            if _FACTS_TITLE.match(section.title):
                text, found = self._take_facts(file, section.text, section.text_line)
                facts += found
                start = section.text_line - line
                lines[start : start + text.count("\n") + 1] = text.split("\n")
        rest = "\n".join("" if _RULE.fullmatch(each) else each for each in lines)
        pieces = QuizConverter(reader).convert(rest, line)
        pieces = self._without_bare(reader.page, pieces)
        return SourcePage(file, name.format(title=title or own), pieces, summary=self._summary(facts))

    def _without_bare(self, page: Page, pieces: Sequence[Piece]) -> list[Piece]:
        """The pieces without headings that have nothing under them, or nothing but questions."""
        kept: list[Piece] = []
        for piece in reversed(pieces):
            following = kept[0] if kept else None
            bare = following is None or following.question or 0 < following.level <= piece.level
            if piece.level and bare:
                page.change(piece.line, f"a heading above nothing but questions was left out: {piece.title}")
            else:
                kept.insert(0, piece)
        return kept

    def _script(self, file: str, pages: list[SourcePage]) -> None:
        text = self.texts[file]
        if self.course.options.scripts == "drop" or not pages:
            self.course.notes.change(file, 0, f"the script of a recording was left out ({weigh_words(text)} words)")
            self.course.notes.used.add(file)
            return
        reader = self._reader(file)
        markdown = container(f"hidden {self.course.words.script}", reader.markdown(text, 1))
        self.course.notes.kept["scripts"] += 1
        self.course.notes.used.add(file)
        first = pages[0]
        pieces = [*first.pieces, Piece(markdown, 1, weight=weigh_words(markdown))]
        pages[0] = SourcePage(first.file, first.title, pieces, summary=first.summary)

    def _head(self, reader: Reader, text: str) -> tuple[str, str, int]:
        """The title that the page begins with, the rest of it, and the line on which that begins."""
        found = sections(text, 1)
        if not found or found[0].level != 1:
            return "", text, 1
        title = " ".join(found[0].title.split())
        plain = calm(without_number(re.sub(r"[*_`]", "", title)))
        if plain != title:
            reader.page.change(1, f"the title «{title}» became «{plain}»")
        return plain, "\n".join(text.split("\n")[found[0].line :]), found[0].line + 1

    def _tell_other_title(self, file: str, own: str, title: str) -> None:
        if own and title and own != title:
            self.course.notes.change(file, 1, f"its own title was left out: «{own}»")

    def _take_facts(self, file: str, text: str, line: int) -> tuple[str, list[str]]:
        """The facts at the beginning of a text (`**Level**: easy`), and the text without them."""
        lines = text.split("\n")
        facts: list[str] = []
        for at, each in enumerate(lines):
            found = _FACT.fullmatch(each)
            if found is None:
                if each.strip():
                    break
                continue
            key, value = " ".join((found[1] or found[3]).split()), " ".join((found[2] or found[4]).split())
            minutes = _MINUTES.search(value)
            if _TIME.search(key) and minutes:
                hours = minutes[0].lower().rstrip("s").endswith(("hora", "hour"))
                self.minutes = max(self.minutes, int(minutes[1]) * (60 if hours else 1))
                self.course.notes.change(file, line + at, f"the time named for the topic was divided: {key}, {value}")
            else:
                facts.append(f"{key}: {re.sub(r'[*_`]', '', value)}")
            lines[at] = ""
        return "\n".join(lines), facts


def _weight(page: SourcePage) -> int:
    return sum(piece.weight for piece in page.pieces)
