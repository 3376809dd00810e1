from trenza.apps.learning.models.course import Course, CourseVersion, Lesson
from trenza.apps.learning.models.progress import ActiveDay, AttemptCount, BestScore, CourseProgress, LessonDone

__all__ = [
    "ActiveDay", "AttemptCount", "BestScore", "Course", "CourseProgress", "CourseVersion", "Lesson", "LessonDone",
]  # fmt: skip
