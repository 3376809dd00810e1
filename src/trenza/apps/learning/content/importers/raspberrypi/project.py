"""A whole project: its description, its steps and quizzes, its licence and who made it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomli_w

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.images import SUFFIXES
from trenza.apps.learning.content.importers.contract import Imported
from trenza.apps.learning.content.importers.options import DEFAULTS, Options
from trenza.apps.learning.content.importers.raspberrypi.blocks import BlockConverter
from trenza.apps.learning.content.importers.raspberrypi.credits import find_language, read_credits
from trenza.apps.learning.content.importers.raspberrypi.tags import parse, read_yaml
from trenza.apps.learning.content.importers.raspberrypi.text import Notes, TextConverter
from trenza.apps.learning.content.manifest import CODE_LENGTH, FORMAT, read_text
from trenza.apps.learning.content.manifest import NAME as COURSE
from trenza.apps.learning.content.phrases import phrases
from trenza.apps.learning.content.report import Remark
from trenza.apps.learning.content.sources import Files

NAME = "raspberrypi"

_META = "meta.yml"
_STEP = re.compile(r"step_([0-9]{1,4})\.md")
_FIRST_HEADING = re.compile(r"\A\s*#{1,2}[ \t]+([^\n]*?)[ \t#]*(?:\n|\Z)")
_READING_SPEED = 120  # words a minute, of somebody who does what she reads


def is_project(names: Collection[str]) -> bool:
    """Whether files with these names are a project of the Raspberry Pi Foundation."""
    return _META in names and any(_STEP.fullmatch(name) for name in names)


def detect(path: Path) -> bool:
    """Whether a folder is a project of the Raspberry Pi Foundation; nothing in it is read."""
    return path.is_dir() and is_project([found.name for found in path.iterdir()])


@dataclass(frozen=True)
class _Step:
    file: str
    title: str
    quiz: str
    """The folder of its quiz; empty when it has none."""
    questions: str
    """How many questions its quiz should have, as the project says it; empty when it does not."""


@dataclass(frozen=True)
class _Meta:
    title: str
    description: str
    hero_image: str
    version: str
    steps: tuple[_Step, ...]
    pass_score: float


def convert(files: Files, folder_name: str, options: Options = DEFAULTS) -> Imported:
    """The project as a course in our format. `folder_name` gives it its code, and its language if it is a locale.

    Of the options those that name the course and whose it is count; its format lacks nothing that ours has not.

    Raises:
        CourseErrors: meta.yml or a step cannot be read, tags do not match, or there is no licence.
    """
    problems = Problems()
    converted = _Project(files, folder_name, options, problems, {}).convert()
    replace = _stand_ins(files, converted.notes)
    if replace:
        converted = _Project(files, folder_name, options, Problems(), replace).convert()
    problems.raise_if_any()
    return converted.imported(replace)


def _stand_ins(files: Files, notes: Notes) -> dict[str, str]:
    """The one image that nobody asks for, for the one described image that is not there.

    Translators sometimes translate the name of a file in the text, but not the file's own.
    """
    wanted = list(dict.fromkeys(name for _, name, described in notes.missing if described))
    spare = [name for name in files if name.lower().endswith(SUFFIXES) and name not in notes.used]
    return {wanted[0]: spare[0]} if len(wanted) == 1 and len(spare) == 1 else {}


class _Project:
    def __init__(
        self, files: Files, folder_name: str, options: Options, problems: Problems, replace: Mapping[str, str]
    ) -> None:
        self.files, self.folder_name, self.options = files, folder_name, options
        self.problems, self.replace = problems, replace
        self.notes = Notes()
        self.missing: list[Remark] = []
        self.facts: list[Remark] = []
        self.texts: dict[str, str] = {}
        self.question_counts: Counter[str] = Counter()
        self.lessons: dict[str, str] = {}
        self.origin = {COURSE: _META}

    def convert(self) -> "_Project":
        for name in sorted(self.files):
            if name.endswith(".md"):
                self.texts[name] = read_text(name, self.files[name], self.problems) or ""
        self.meta = self._read_meta()
        self.language = self.options.language or find_language(self.folder_name, self.texts)
        self.words = phrases(self.language)
        quizzes = [step.quiz for step in self.meta.steps if step.quiz]
        for step in self.meta.steps:
            self._convert_step(step)
        for name in self.texts:
            folder = name.rpartition("/")[0]
            if "question" in name and folder and folder not in quizzes:
                self.missing.append(Remark(name, 0, f"no step of {_META} asks for the quiz {folder}; it was left out."))
        self.manifest = self._manifest()
        return self

    def imported(self, replace: Mapping[str, str]) -> Imported:
        """The result; `replace` is what was used, for the report."""
        images = {name: self.files[name] for name in sorted(self.notes.used)}
        lessons = {name: text.encode() for name, text in self.lessons.items()}
        course = {COURSE: tomli_w.dumps(self.manifest).encode(), **lessons, **images}
        spare = [name for name in sorted(self.files) if name.lower().endswith(SUFFIXES) and name not in images]
        stand_ins = [
            Remark(remark.file, remark.line, f"{replace[name]}, which no step asks for, stands for {name}: look at it.")
            for remark, name, _ in self.notes.missing
            if name in replace
        ]
        return Imported(
            files=course,
            origin=self.origin,
            kept=dict(sorted(self.notes.kept.items())),
            missing=tuple(sorted([*self.missing, *(remark for remark, _, _ in self.notes.missing)])),
            changed=tuple(sorted([*self.facts, *stand_ins, *self.notes.remarks()])),
            unused=tuple(spare),
        )

    def _read_meta(self) -> _Meta:
        text = read_text(_META, self.files[_META], self.problems) or ""
        raw = read_yaml(_META, text, 1, self.problems)
        table: Mapping[object, object] = raw if isinstance(raw, dict) else {}

        def words(key: str) -> str:
            value = table.get(key)
            return " ".join(value.split()) if isinstance(value, str) else ""

        if not words("title"):
            self.problems.add(_META, 0, "The project has no title.", "Add a line `title: …`.")
        entries = table.get("steps")
        listed = [entry if isinstance(entry, dict) else {} for entry in entries] if isinstance(entries, list) else []
        quizzes = [entry["knowledge_quiz"] for entry in listed if isinstance(entry.get("knowledge_quiz"), dict)]
        return _Meta(
            title=words("title"),
            description=words("description") or words("title"),
            hero_image=words("hero_image"),
            version=words("version"),
            steps=self._read_steps(listed),
            pass_score=self._read_pass_score(quizzes),
        )

    def _read_steps(self, listed: Sequence[Mapping[object, object]]) -> tuple[_Step, ...]:
        numbers = sorted(int(found[1]) for found in map(_STEP.fullmatch, self.files) if found)
        for number in range(1, len(listed) + 1):
            if number not in numbers:
                self.missing.append(Remark(_META, 0, f"step_{number}.md is listed, but is not in the folder."))
        steps = []
        for number in numbers:
            file = f"step_{number}.md"
            if file not in self.files:  # step_01.md
                continue
            entry = listed[number - 1] if 1 <= number <= len(listed) else {}
            title = entry.get("title")
            quiz = entry.get("knowledge_quiz")
            folder = quiz.get("path") if isinstance(quiz, dict) else quiz
            expected = str(quiz.get("questions", "")) if isinstance(quiz, dict) else ""
            if not entry:
                self.facts.append(Remark(file, 0, f"{_META} does not list this step; it was kept in its place."))
            heading = _FIRST_HEADING.match(self.texts.get(file, ""))
            shown = title if isinstance(title, str) and title.strip() else heading[1] if heading else f"{number}"
            steps.append(
                _Step(file, " ".join(shown.split()), folder.strip("/") if isinstance(folder, str) else "", expected)
            )
        return tuple(steps)

    def _read_pass_score(self, quizzes: Sequence[Mapping[object, object]]) -> float:
        shares = set()
        for quiz in quizzes:
            score, count = str(quiz.get("passing_score", "")), str(quiz.get("questions", ""))
            if re.fullmatch("[0-9]{1,3}", score) and re.fullmatch("[1-9][0-9]{0,2}", count):
                shares.add(min(1.0, round(int(score) / int(count), 4)))
        if len(shares) > 1:
            self.facts.append(Remark(_META, 0, "quizzes with different passing scores: the lowest holds for all."))
        if shares:
            self.facts.append(Remark(_META, 0, f"a lesson with questions is done from a score of {min(shares):.0%}."))
        return min(shares, default=0.0)

    def _convert_step(self, step: _Step) -> None:
        text = self._body(step.file, step.title, step.file.removesuffix(".md").replace("_", "-"))
        if not text:
            kept = " Its quiz was kept." if step.quiz else " There is no lesson for it."
            self.missing.append(Remark(step.file, 0, f"the step is empty.{kept}"))
        pieces = [text]
        if step.quiz:
            names = sorted((name for name in self.texts if name.startswith(f"{step.quiz}/")), key=_natural)
            if not names:
                self.missing.append(Remark(step.file, 0, f"the quiz {step.quiz} is not in the folder."))
            prefix = _slug(step.quiz) or "quiz"
            pieces += [self._body(name, step.title, prefix) for name in names]
            if step.questions and step.questions != str(self.question_counts[prefix]):
                text = f"the quiz {step.quiz} should have {step.questions} questions; the folder has"
                self.missing.append(Remark(_META, 0, f"{text} {self.question_counts[prefix]}."))
        if not self.lessons and self.meta.hero_image:
            converter = self._text_converter(_META, f"![{self.meta.title}]({self.meta.hero_image})")
            pieces.insert(0, converter.convert(converter.source))
        content = "\n\n".join(piece for piece in pieces if piece.strip())
        if not content:
            return
        name = f"{len(self.lessons) + 1:02}-{_slug(step.title) or 'step'}.md"
        front = tomli_w.dumps({"title": step.title[: limits.TITLE_LENGTH], "minutes": _minutes(content)})
        self.lessons[name] = f"+++\n{front}+++\n\n{content}\n"
        self.origin[name] = step.file

    def _text_converter(self, file: str, source: str) -> TextConverter:
        return TextConverter(file, source, self.files, self.replace, self.words, self.notes)

    def _body(self, file: str, title: str, prefix: str) -> str:
        source = self.texts.get(file, "")
        heading = _FIRST_HEADING.match(source)
        body = source
        if heading and " ".join(heading[1].split()).casefold() == title.casefold():
            # The lesson has this title already; as many empty lines keep the numbers of lines.
            body = "\n" * heading[0].count("\n") + source[heading.end() :]
        converter = BlockConverter(self._text_converter(file, source), prefix, self.question_counts[prefix])
        converted = converter.convert(parse(file, body, self.problems)).strip()
        self.question_counts[prefix] = converter.question_count
        return converted

    def _manifest(self) -> dict[str, object]:
        options = self.options
        credits = read_credits(self.texts, Problems() if options.licence else self.problems)
        self.missing += credits.missing
        self.facts += credits.facts
        code = options.code or _slug(self.folder_name) or _slug(self.meta.title) or "project"
        details = [credits.holder, f"«{self.meta.title}»"]
        if self.meta.version:
            details.append(self.words.version.format(number=self.meta.version))
        source = f"{', '.join([*details, self.words.adapted])}. {credits.address}".strip()
        self.facts.append(Remark(_META, 0, "the minutes of each lesson are an estimate from its length."))
        return {
            "format": FORMAT,
            "code": code,
            "title": (options.title or self.meta.title)[: limits.TITLE_LENGTH],
            "summary": (options.summary or self.meta.description)[: limits.SUMMARY_LENGTH],
            "language": self.language,
            "licence": options.licence or credits.licence,
            "authors": list(options.authors)
            or [credits.holder, *(self.words.translation.format(name=name) for name in credits.translators)],
            "source": (options.source or source)[: limits.SOURCE_LENGTH],
            "pass_score": self.meta.pass_score,
            "lessons": list(self.lessons),
        }


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: CODE_LENGTH - 8].strip("-")


def _natural(name: str) -> list[tuple[int, str]]:
    """question_10 after question_9."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"([0-9]{1,9})", name)]


def _minutes(markdown: str) -> int:
    words = len(markdown.split())
    return max(1, min(limits.MINUTES, round(words / _READING_SPEED)))
