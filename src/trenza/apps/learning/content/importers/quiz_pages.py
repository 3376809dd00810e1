"""A page of questions with an answer key, as pieces: graded questions where the key is clear, prose where it is not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trenza.apps.learning.content.importers import quizzes
from trenza.apps.learning.content.importers.escaping import container
from trenza.apps.learning.content.importers.other_kinds import Entry, Found, OtherKinds, read_entries
from trenza.apps.learning.content.importers.pieces import Piece, Reader, weigh_words
from trenza.apps.learning.content.importers.quizzes import Answer, Asked
from trenza.apps.learning.content.importers.sections import Section, calm, sections

_QUESTION_TITLE = re.compile(
    r"\W*(?:pregunta|question|ejercicio|p|q)?\W{0,3}([0-9]{1,3})\b(.*)", re.IGNORECASE | re.DOTALL
)
_NUMBERED = re.compile(r"^ {0,3}(?:\*\*)?([0-9]{1,3})[.)](?:\*\*)?[ \t]+(?=\S)", re.MULTILINE)
_TALK = 60
"""Words that thinking about a question weighs as much as."""
_OTHER = {
    "order": "the order of its steps",
    "match": "its pairs",
    "number": "the number that she writes",
    "text": "the word that she writes: capitals, accents and punctuation do not count",
}


@dataclass(frozen=True)
class _Numbered:
    number: int
    section: Section
    asked: Asked


class QuizConverter:
    """Writes the questions of one page. Their codes are `q1`, `q2`, … by the number that the source gives them."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.page = reader, reader.page
        self.notes, self.options, self.words = reader.page.notes, reader.page.options, reader.page.words
        self.codes: set[str] = set()
        self.others = OtherKinds(reader.markdown)
        self.entries: dict[int, list[Entry]] = {}
        self.odd_lines: dict[int, str] = {}

    def convert(self, text: str, line: int) -> list[Piece]:
        """The page as pieces, in its own order; the key is shown only where a question could not be graded."""
        self.reader.learn_references(text)
        found = sections(text, line)
        keys = _key_sections(found)
        answers = self._read_keys(keys)
        pieces: list[Piece] = []
        asked: list[int] = []
        for section in found:
            if section in keys:
                continue
            numbered = _questions(section) or self._written(section)
            if not numbered:
                pieces += self.reader.pieces(section.source, section.line)
            for question in numbered:
                asked.append(question.number)
                pieces += self._question(question, answers.get(question.number, []))
        self._tell(keys, answers, asked, sum(piece.question for piece in pieces))
        return pieces

    def _read_keys(self, keys: Sequence[Section]) -> dict[int, list[Answer]]:
        answers: dict[int, list[Answer]] = {}
        for key in keys:
            read, others = quizzes.read_key(key.text, key.text_line)
            for number, each in read.items():
                answers.setdefault(number, []).extend(each)
            self.odd_lines.update((number, what) for number, what in others if what.strip("-_* "))
            for number, entries in read_entries(key.text, key.text_line).items():
                self.entries.setdefault(number, []).extend(entries)
        return answers

    def _tell(
        self, keys: Sequence[Section], answers: dict[int, list[Answer]], asked: Sequence[int], graded: int
    ) -> None:
        """Note what became of the key."""
        if graded:
            what = f"letters of choices and the key became grading ({graded} questions)"
            self.page.change(keys[0].line if keys else 0, what)
        for line, what in self.odd_lines.items():
            self.page.change(line, f"a line of the key is no answer and was left out: {what[:200]}")
        for number in sorted(set(answers) - set(asked)):
            first = answers[number][0]
            told = f"the key answers question {number}, which is not there: {', '.join(first.letters)} {first.why}"
            self.page.change(first.line, told[:300].strip())

    def _question(self, question: _Numbered, answers: Sequence[Answer]) -> list[Piece]:
        asked = question.asked
        other = self._other(question)
        if other and not other.problem:
            return self._graded(question, other.markdown(self._code(question.number)), other.kind)
        right, problem = quizzes.decide(asked, answers)
        if other:
            problem = other.problem
        if not problem and self.options.questions == "prose":
            problem = "it was asked for"
        prompt = self.reader.markdown(asked.prompt, asked.line)
        written = [self.reader.markdown(choice.text, choice.line) for choice in asked.choices]
        if not problem and not _shows(prompt):
            problem = "it asks nothing"
        if not problem and not all(_shows(each) and not each.startswith("<") for each in written):
            problem = "a choice is empty, or more than words"
        if problem:
            return self._prose(question, prompt, answers, problem)
        why = self.reader.markdown(answers[0].why, answers[0].line) if answers else ""
        markdown = quizzes.question(self._code(question.number), prompt, [(each, why) for each in written], right)
        return self._graded(question, markdown, quizzes.kind_of(written, right))

    def _graded(self, question: _Numbered, markdown: str, kind: str) -> list[Piece]:
        """The question as a piece, counted by its kind, and what stands behind it."""
        asked = question.asked
        self.notes.kept["quiz questions graded"] += 1
        self.notes.kept[f"quiz questions of the kind {kind}"] += 1
        if kind in _OTHER:
            line = self.entries[question.number][0].line
            self.odd_lines.pop(line, None)
            self.page.change(line, f"what the key says of question {question.number} became {_OTHER[kind]}")
        piece = Piece(markdown, question.section.line, weight=weigh_words(asked.prompt) + _TALK, question=True)
        return [piece, *(self.reader.pieces(asked.after, asked.line) if asked.after.strip("-_* \n") else [])]

    def _written(self, section: Section) -> list[_Numbered]:
        """The question under a heading that numbers it, where it has no choices and the key has what she writes."""
        title = _QUESTION_TITLE.fullmatch(section.title)
        if not title or not section.level:
            return []
        asked = _with_title(quizzes.read_asked(section.text, section.text_line), title[2], section)
        question = _Numbered(int(title[1]), section, asked)
        found = self._other(question)
        if found and found.problem:
            self.page.change(section.line, f"question {title[1]} is prose and not graded, because {found.problem}")
        return [question] if found and not found.problem else []

    def _other(self, question: _Numbered) -> Found | None:
        """What it is where it is no choice among letters."""
        if self.options.questions == "prose":
            return None
        return self.others.find(question.asked, self.entries.get(question.number, []))

    def _code(self, number: int) -> str:
        code, again = f"q{number}", 2
        while code in self.codes:
            code, again = f"q{number}-{again}", again + 1
        self.codes.add(code)
        return code

    def _prose(self, question: _Numbered, prompt: str, answers: Sequence[Answer], problem: str) -> list[Piece]:
        line, number = question.section.line, question.number
        if self.options.ungraded_quiz == "drop":
            self.page.change(line, f"question {number} was left out, because {problem}")
            return []
        self.page.change(line, f"question {number} is prose and not graded, because {problem}")
        self.notes.kept["quiz questions as prose"] += 1
        listed = "\n".join(
            f"- {choice.label}) {self.reader.markdown(choice.text, choice.line)}".replace("- ) ", "- ")
            for choice in question.asked.choices
        )
        told = [f"{', '.join(answer.letters)}) {answer.why}".strip() for answer in answers]
        solution = "\n\n".join(self.reader.markdown(each, line) for each in told)
        folded = container(f"hidden {self.words.solution}", solution) if solution.strip() else ""
        after = self.reader.markdown(question.asked.after, line) if question.asked.after.strip("-_* \n") else ""
        inner = "\n\n".join(each for each in (prompt, listed, after, folded) if each.strip())
        if not inner:
            return []
        markdown = container("try", inner)
        return [Piece(markdown, line, weight=weigh_words(markdown) + _TALK, box=True)]


def _shows(markdown: str) -> bool:
    """Whether there is anything to see but tags."""
    return bool(re.sub(r"<[^<>]*>", "", markdown).strip())


def _key_sections(found: Sequence[Section]) -> list[Section]:
    """The sections under the heading of an answer key: its own, and those of lower headings."""
    keys: list[Section] = []
    level = 0
    for section in found:
        if level and (not section.level or section.level > level):
            keys.append(section)
        elif quizzes.is_key_title(section.title) and section.level:
            level = section.level
            keys.append(section)
        else:
            level = 0
    return keys


def _questions(section: Section) -> list[_Numbered]:
    """The questions under a heading: one that the heading numbers, or several that a list numbers."""
    title = _QUESTION_TITLE.fullmatch(section.title)
    if title and section.level:
        asked = quizzes.read_asked(section.text, section.text_line)
        if asked.choices:
            return [_Numbered(int(title[1]), section, _with_title(asked, title[2], section))]
    starts = list(_NUMBERED.finditer(section.text))
    numbered = []
    for at, found in enumerate(starts):
        end = starts[at + 1].start() if at + 1 < len(starts) else len(section.text)
        line = section.text_line + section.text.count("\n", 0, found.start())
        asked = quizzes.read_asked(section.text[found.end() : end], line)
        if not asked.choices:
            return []
        numbered.append(_Numbered(int(found[1]), replace(section, line=line), asked))
    if numbered and section.text[: starts[0].start()].strip():
        first = numbered[0]
        before = section.text[: starts[0].start()].strip("\n")
        numbered[0] = replace(first, asked=replace(first.asked, prompt=f"{before}\n\n{first.asked.prompt}"))
    return numbered


def _with_title(asked: Asked, rest: str, section: Section) -> Asked:
    """The question with what stands behind its number in the heading, which is asked too."""
    more = rest.strip(" .:)-–—*")
    return replace(asked, prompt=f"{more}\n\n{asked.prompt}".strip(), line=section.line) if more else asked


def looks_like_quiz(title: str) -> bool:
    """Whether a page or file of this name holds questions."""
    return bool(
        re.search(r"\b(?:quiz|cuestionario|evaluaci[oó]n|autoevaluaci[oó]n|examen|test|exam)\b", calm(title), re.I)
    )
