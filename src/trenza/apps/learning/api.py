"""The door of learning."""

from trenza.apps.learning.actions import publish_course, record_lesson
from trenza.apps.learning.content.body import LICENCE_URLS
from trenza.apps.learning.content.build import build_course
from trenza.apps.learning.content.course import Course as CompiledCourse
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.grading import grade
from trenza.apps.learning.content.report import Report, render_report
from trenza.apps.learning.events import LessonCompleted, QuestionAnswered
from trenza.apps.learning.models import Course, CourseVersion, Lesson
from trenza.apps.learning.queries import (
    CourseState,
    LessonState,
    course_states,
    find_lesson,
    following_lesson,
    lesson_counts,
    lesson_scores,
    published_courses,
)

__all__ = [
    "LICENCE_URLS",
    "CompiledCourse",
    "Course",
    "CourseErrors",
    "CourseState",
    "CourseVersion",
    "Lesson",
    "LessonCompleted",
    "LessonState",
    "QuestionAnswered",
    "Report",
    "build_course",
    "course_states",
    "find_lesson",
    "following_lesson",
    "grade",
    "lesson_counts",
    "lesson_scores",
    "publish_course",
    "published_courses",
    "record_lesson",
    "render_report",
]
