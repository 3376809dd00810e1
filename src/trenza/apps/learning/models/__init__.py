from trenza.apps.learning.models.course import Course, CourseVersion, Lesson
from trenza.apps.learning.models.progress import ActiveDay, CourseProgress, LessonDone, QuestionProgress

__all__ = ["ActiveDay", "Course", "CourseProgress", "CourseVersion", "Lesson", "LessonDone", "QuestionProgress"]
