from trenza.apps.learning.actions.publish_course import publish_course
from trenza.apps.learning.actions.record_exam import record_exam
from trenza.apps.learning.actions.record_lesson import record_lesson

__all__ = ["publish_course", "record_exam", "record_lesson"]
