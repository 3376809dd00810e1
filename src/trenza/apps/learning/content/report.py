"""What became of a course: what it holds, what it weighs, and what was lost on the way."""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.body import lesson_body_html
from trenza.apps.learning.content.course import Course, Lesson
from trenza.apps.learning.content.media import media_weights
from trenza.apps.learning.content.pictures import picture_weights


@dataclass(frozen=True, order=True)
class Remark:
    """Something to look at in a course. `line` counts from 1; 0 is the file as a whole."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.text}"


@dataclass(frozen=True)
class LessonWeight:
    """What a lesson holds. `body_size` is its body in bytes after gzip 9; `image_size` is what its images take on a
    phone with a sharp screen; `media_size` what its recordings take, if she asks for all."""

    code: str
    title: str
    questions: int
    images: int
    body_size: int
    image_size: int
    media_size: int = 0

    @property
    def heavy(self) -> bool:
        return self.body_size > limits.BODY_WARNING


@dataclass(frozen=True)
class Report:
    """What `trenza course build` prints, and what a test reads."""

    format: str
    """`trenza` or the name of the importer."""
    code: str
    title: str
    language: str
    licence: str
    authors: tuple[str, ...]
    source: str
    version: str
    lessons: tuple[LessonWeight, ...]
    kept: Mapping[str, int]
    """How many of each thing an importer found and kept: questions, choices, feedbacks, images, code blocks, …"""
    missing: tuple[Remark, ...]
    """What the source asks for and does not have."""
    changed: tuple[Remark, ...]
    """What our format cannot say, and what stands in its place."""
    removed: tuple[Remark, ...]
    """HTML that was taken out because it could do harm, or because nobody knows it."""
    unused: tuple[str, ...]
    """Images and recordings in the folder that no lesson shows; they are not in the course."""
    warnings: tuple[Remark, ...]
    """What its author may want to change (advice.py)."""


def weigh(course: Course, lesson: Lesson) -> LessonWeight:
    """What one lesson holds and weighs; an image that is shown twice weighs once."""
    body = lesson_body_html(course, lesson)
    images = picture_weights([body])
    return LessonWeight(
        code=lesson.code,
        title=lesson.title,
        questions=len(lesson.questions),
        images=len(images),
        body_size=packed_size(body),
        image_size=sum(images.values()),
        media_size=sum(media_weights([body]).values()),
    )


def packed_size(body: str) -> int:
    """What a body weighs on its way, in bytes."""
    return len(gzip.compress(body.encode(), compresslevel=9, mtime=0))


def count_kept(course: Course) -> dict[str, int]:
    """What a compiled course holds, by kind."""
    questions = [question for lesson in course.lessons for question in lesson.questions]
    choices = [choice for question in questions for choice in question.choices]
    recordings = media_weights(lesson_body_html(course, lesson) for lesson in course.lessons)
    return {
        "lessons": len(course.lessons),
        "questions": len(questions),
        "choices": len(choices),
        "feedbacks": sum(bool(choice.feedback_html) for choice in choices),
        "images": len(picture_weights(lesson_body_html(course, lesson) for lesson in course.lessons)),
        **({"recordings": len(recordings)} if recordings else {}),
    }


def render_report(report: Report) -> str:
    """The report as plain text, for a terminal or an e-mail."""
    lines = [
        f"{report.title} ({report.code})",
        f"  version    {report.version[:12]}",
        f"  format     {report.format}",
        f"  language   {report.language}",
        f"  licence    {report.licence}",
        f"  authors    {', '.join(report.authors)}",
    ]
    if report.source:
        lines.append(f"  source     {report.source}")
    lines += ["", "Lessons: questions, images with their KB, KB of the page's body compressed"]
    width = max((len(lesson.code) for lesson in report.lessons), default=0)
    for number, lesson in enumerate(report.lessons, start=1):
        lines.append(
            f"  {number:>3}. {lesson.code:<{width}}  {lesson.questions:>2} questions"
            f"  {lesson.images:>2} images {lesson.image_size / 1024:>6.1f} KB"
            f"  body {lesson.body_size / 1024:>5.1f} KB  {lesson.title}"
            + (f"  recordings {lesson.media_size / 1024:.1f} KB" if lesson.media_size else "")
        )
    lines += ["", "Kept"]
    lines += [f"  {count:>5} {what}" for what, count in report.kept.items()]
    lines += _section("Missing in the source", report.missing)
    lines += _section("Said otherwise, or not at all", report.changed)
    lines += _section("Taken out", report.removed)
    lines += _section("Images and recordings in the folder that no lesson shows, left out", report.unused)
    lines += _section("Warnings", report.warnings)
    return "\n".join(lines) + "\n"


def _section(title: str, entries: Iterable[object]) -> list[str]:
    listed = [f"  - {entry}" for entry in entries]
    return ["", title, *listed] if listed else []
