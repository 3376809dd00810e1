from trenza.apps.learning.models.course import Course, CourseVersion, Lesson
from trenza.apps.learning.models.level_check import LevelCheck
from trenza.apps.learning.models.progress import (
    ActiveDay,
    CourseProgress,
    ExamAttempt,
    ExamResult,
    LessonDone,
    QuestionProgress,
)

__all__ = [
    "ActiveDay",
    "Course",
    "CourseProgress",
    "CourseVersion",
    "ExamAttempt",
    "ExamResult",
    "Lesson",
    "LessonDone",
    "LevelCheck",
    "QuestionProgress",
]
