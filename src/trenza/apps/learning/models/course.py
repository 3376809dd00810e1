from collections.abc import Mapping
from typing import ClassVar, Final

from django.db import models

from trenza.core.models import Model
from trenza.core.privacy import PLAIN, Privacy

EXAM_SCORE: Final = 0.6
"""What an exam asks for in a course that sets no score: with 0 an empty sheet would certify."""


def exam_score(pass_score: float) -> float:
    """The share of right answers from which an exam counts, where its course asks for `pass_score`."""
    return pass_score or EXAM_SCORE


class Course(Model):
    """A course by its code; what is learned is one of its versions."""

    privacy: ClassVar[Mapping[str, Privacy]] = {"code": PLAIN, "optional": PLAIN}

    code = models.SlugField(max_length=80, unique=True)
    optional = models.BooleanField(default=False, help_text="offered beside the programmes; no completion needs it")

    def __str__(self) -> str:
        return self.code


class CourseVersion(Model):
    """What was published, immutable, named by the hash of its content; the newest is what new learners begin.

    `archive` names the file that holds its source, the course folder as its author wrote it (content/archive.py).
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("course", "digest", "number", "title", "summary", "language", "licence", "authors", "source"),
            *("pass_score", "body_bytes", "image_bytes", "archive", "published_at", "published_by"),
        ),
        PLAIN,
    )

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    digest = models.CharField(max_length=64, unique=True)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=20)
    licence = models.CharField(max_length=60)
    authors = models.JSONField()
    source = models.CharField(max_length=500, blank=True)
    pass_score = models.FloatField(help_text="share of right answers from which a lesson counts, 0 to 1")
    body_bytes = models.PositiveIntegerField(default=0, help_text="of its lessons' bodies, compressed")
    image_bytes = models.PositiveIntegerField(default=0, help_text="of its images; one in several lessons counts once")
    archive = models.CharField(max_length=80, blank=True, help_text="empty: published before sources were kept")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="learning_version_number"),
            models.CheckConstraint(
                condition=models.Q(pass_score__gte=0, pass_score__lte=1), name="learning_version_pass_score"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def exam_score(self) -> float:
        """The share of right answers from which an exam of it counts."""
        return exam_score(self.pass_score)

    @property
    def short(self) -> str:
        """Enough of the hash to name the version in an address."""
        return self.digest[:12]


class Lesson(Model):
    """A lesson of a version: its page's body, ready, and its questions with their answers.

    `questions` is a list of {code, kind, prompt, hint, choices: [{html, right, feedback}]} in the order of the page,
    with what some kinds need beside it (content/asked.py).
    Those of an `exam` are graded by the server alone, and its body tells nothing of their answers. One of a `test` is
    a form of the test before and after its course: published like a lesson, and none of those that she goes through.
    `guide` is for who teaches it, and no part of the body.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = dict.fromkeys(
        (
            *("version", "code", "position", "title", "minutes", "summary", "body", "body_bytes", "image_bytes"),
            *("media_bytes", "questions", "exam", "guide", "test"),
        ),
        PLAIN,
    )

    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="lessons")
    code = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField()
    summary = models.TextField(blank=True)
    body = models.TextField()
    body_bytes = models.PositiveIntegerField(help_text="of the body, compressed")
    image_bytes = models.PositiveIntegerField(default=0, help_text="of its images, on a phone with a sharp screen")
    media_bytes = models.PositiveIntegerField(default=0, help_text="of its recordings, which wait for a tap")
    questions = models.JSONField()
    exam = models.BooleanField(default=False, help_text="its questions certify, and the server alone grades them")
    guide = models.TextField(blank=True, help_text="HTML for who gives it as a session; empty: it has none")
    test = models.CharField(
        max_length=1, blank=True, help_text="a or b: a form of the test before and after the course"
    )

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="learning_lesson_code"),
            models.UniqueConstraint(fields=["version", "position"], name="learning_lesson_position"),
            models.CheckConstraint(
                condition=models.Q(test="") | models.Q(test__in=["a", "b"], exam=True), name="learning_lesson_test"
            ),
        ]

    def __str__(self) -> str:
        return self.title
