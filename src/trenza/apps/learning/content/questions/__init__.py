"""A question in a lesson: `::: question CODE KIND`. Each kind is read by a module of its own."""

from trenza.apps.learning.content.questions.parts import Tools
from trenza.apps.learning.content.questions.reading import KINDS, read_question

__all__ = ["KINDS", "Tools", "read_question"]
