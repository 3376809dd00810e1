"""Tables that follow from the journal (see projections.py). Nobody else writes them."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from trenza.core.fields import UUIDField
from trenza.core.privacy import PERSONAL, PLAIN, Privacy


class LessonDone(models.Model):
    """She has gone through this lesson, first at `done_at` by her device's clock."""

    privacy: ClassVar[Mapping[str, Privacy]] = {"person": PLAIN, "lesson": PLAIN, "done_at": PERSONAL}

    pk = models.CompositePrimaryKey("person", "lesson")
    person = UUIDField()
    lesson = UUIDField()
    done_at = models.DateTimeField()


class QuestionProgress(models.Model):
    """How she stands in a question: how often she answered, her best score (0 to 1), and when she first had it.

    A question that is not published here scores 0.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN, "lesson": PLAIN, "question": PLAIN, "attempts": PERSONAL, "score": PERSONAL,
        "scored_at": PERSONAL,
    }  # fmt: skip

    pk = models.CompositePrimaryKey("person", "lesson", "question")
    person = UUIDField()
    lesson = UUIDField()
    question = models.CharField(max_length=80)
    attempts = models.PositiveIntegerField()
    score = models.FloatField()
    scored_at = models.DateTimeField()


class ExamAttempt(models.Model):
    """What she handed in of an exam at one moment (`at`, by her device's clock) with so many right answers.

    `times`: two devices may hand in the same at the same moment, and what is the same needs no name of its own.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN, "lesson": PLAIN, "at": PERSONAL, "correct": PERSONAL, "times": PERSONAL
    }  # fmt: skip

    pk = models.CompositePrimaryKey("person", "lesson", "at", "correct")
    person = UUIDField()
    lesson = UUIDField()
    at = models.DateTimeField()
    correct = models.PositiveSmallIntegerField()
    times = models.PositiveIntegerField()


class ExamResult(models.Model):
    """How she stands in an exam: how often she handed it in, how many of these count, the best score (0 to 1) among
    those that count, when she first had it, and when she first had enough."""

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN, "lesson": PLAIN, "attempts": PERSONAL, "counted": PERSONAL, "score": PERSONAL,
        "scored_at": PERSONAL, "passed_at": PERSONAL,
    }  # fmt: skip

    pk = models.CompositePrimaryKey("person", "lesson")
    person = UUIDField()
    lesson = UUIDField()
    attempts = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    score = models.FloatField()
    scored_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True)


class CourseProgress(models.Model):
    """How far she is in a version of a course: the one she began is hers while it is not replaced for an error.

    `completed_at` is when the last of its lessons counted: done, with the score that the version asks for.
    """

    privacy: ClassVar[Mapping[str, Privacy]] = {
        "person": PLAIN, "version": PLAIN, "begun_at": PERSONAL, "lessons_passed": PERSONAL, "completed_at": PERSONAL
    }  # fmt: skip

    pk = models.CompositePrimaryKey("person", "version")
    person = UUIDField()
    version = UUIDField()
    begun_at = models.DateTimeField()
    lessons_passed = models.PositiveSmallIntegerField()
    completed_at = models.DateTimeField(null=True)


class ActiveDay(models.Model):
    """A day (UTC, by her device's clock) on which she learned."""

    privacy: ClassVar[Mapping[str, Privacy]] = {"person": PLAIN, "day": PERSONAL}

    pk = models.CompositePrimaryKey("person", "day")
    person = UUIDField()
    day = models.DateField()
