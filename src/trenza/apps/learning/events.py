"""What learning records."""

from uuid import UUID

from trenza.core.journal import Code, Decision, Observation, kind


@kind("learning.lesson_completed.v1")
class LessonCompleted(Observation, frozen=True):
    """She went through a lesson to its end. `lesson` names the lesson of one version of its course."""

    lesson: UUID


@kind("learning.question_answered.v1")
class QuestionAnswered(Observation, frozen=True):
    """She answered a question once; `choices` are indices, in the order in which the question is written: of what she
    chose, of steps in her order, or of whatever else answers it (content/course.py). What she wrote is not among it."""

    lesson: UUID
    question: Code
    choices: list[int]


@kind("learning.exam_submitted.v1")
class ExamSubmitted(Observation, frozen=True):
    """She handed in an exam: one attempt, graded as a whole. `answers` has, for each question in the order of the page,
    the indices of her answer; none where she left it out."""

    lesson: UUID
    answers: list[list[int]]


@kind("learning.course_published.v1")
class CoursePublished(Decision, frozen=True):
    """A version of a course can be taken from now on."""

    version: UUID
