"""Courses in topics: each has its content, its exercises, the script of a recording, and an evaluation with its key.

`modules/1/topic_1.1_contenido.md`, `…_ejercicios.md`, `…_guion.md`, `…_evaluacion.md`, and a `course.json` that names
the modules; or the same in English.
"""

from trenza.apps.learning.content.importers.topics.course import NAME, convert, is_project

__all__ = ["NAME", "convert", "is_project"]
