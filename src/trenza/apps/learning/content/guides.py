"""`::: guide`: how a lesson is given as a session. Only who teaches reads it; no page of a learner has it."""

from trenza.apps.learning.content.course import Lesson
from trenza.apps.learning.content.phrases import phrases


def guide_content(lesson: Lesson, language: str) -> str:
    """The guide of a lesson with the competences that it is about; empty where it has none."""
    if not lesson.guide_html or not lesson.digcomp:
        return lesson.guide_html
    numbers = phrases(language).competences.format(numbers=", ".join(lesson.digcomp))
    return f"{lesson.guide_html}\n<p><small>{numbers}</small></p>"
