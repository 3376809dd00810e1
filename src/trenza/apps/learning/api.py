"""The door of learning."""

from trenza.apps.learning.actions import publish_course, record_exam, record_lesson
from trenza.apps.learning.before_after import (
    Answered,
    Change,
    OfferedTest,
    answered_of,
    changes_of,
    first_form,
    offered_test,
)
from trenza.apps.learning.content.asked import Asked
from trenza.apps.learning.content.bank import BankItem
from trenza.apps.learning.content.body import LICENCES
from trenza.apps.learning.content.build import build_course, compile_imported
from trenza.apps.learning.content.course import Course as CompiledCourse
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.filling import filled_questions
from trenza.apps.learning.content.grading import grade
from trenza.apps.learning.content.importers import IMPORTERS, Imported, find_options, read_options, set_options
from trenza.apps.learning.content.importers import Options as ImportOptions
from trenza.apps.learning.content.importers import convert as convert_course
from trenza.apps.learning.content.importers import recognise as recognise_course
from trenza.apps.learning.content.quality.check import check_quality
from trenza.apps.learning.content.quality.findings import Finding
from trenza.apps.learning.content.report import Remark, Report, render_report
from trenza.apps.learning.content.schema import schema_files
from trenza.apps.learning.content.showing import guide_html, handout_html, slides_html
from trenza.apps.learning.content.sources import ensure_empty, write_files
from trenza.apps.learning.definition import courses_asked
from trenza.apps.learning.errors import SourceNotKept
from trenza.apps.learning.events import ExamSubmitted, LessonCompleted, QuestionAnswered
from trenza.apps.learning.exams import not_counting
from trenza.apps.learning.failures import Failures, failures_in_a_row, last_learned
from trenza.apps.learning.handing_in import HandedIn, exam_handed_in
from trenza.apps.learning.level_checks import LevelBank, has_level_check, level_bank_of, level_check_folder
from trenza.apps.learning.levels import FORMS, NOT_KNOWN, QUESTIONS, Outcome, choices_of, outcome_of, questions_of
from trenza.apps.learning.models import Course, CourseVersion, Lesson
from trenza.apps.learning.packs import Pack, PackFile, pack_of
from trenza.apps.learning.paths import Learning, ModuleOnPath, Path, Step, learning_of
from trenza.apps.learning.queries import (
    CourseFacts,
    CourseState,
    LessonState,
    VersionFigures,
    completed_courses,
    course_facts,
    course_folder,
    course_states,
    figures_of,
    find_lesson,
    find_version,
    following_lesson,
    known_modules,
    learned_since,
    lesson_counts,
    lesson_scores,
    published_courses,
)
from trenza.apps.learning.rules import readable_courses

__all__ = [
    "FORMS",
    "IMPORTERS",
    "LICENCES",
    "NOT_KNOWN",
    "QUESTIONS",
    "Answered",
    "Asked",
    "BankItem",
    "Change",
    "CompiledCourse",
    "Course",
    "CourseErrors",
    "CourseFacts",
    "CourseState",
    "CourseVersion",
    "ExamSubmitted",
    "Failures",
    "Finding",
    "HandedIn",
    "ImportOptions",
    "Imported",
    "Learning",
    "Lesson",
    "LessonCompleted",
    "LessonState",
    "LevelBank",
    "ModuleOnPath",
    "OfferedTest",
    "Outcome",
    "Pack",
    "PackFile",
    "Path",
    "QuestionAnswered",
    "Remark",
    "Report",
    "SourceNotKept",
    "Step",
    "VersionFigures",
    "answered_of",
    "build_course",
    "changes_of",
    "check_quality",
    "choices_of",
    "compile_imported",
    "completed_courses",
    "convert_course",
    "course_facts",
    "course_folder",
    "course_states",
    "courses_asked",
    "ensure_empty",
    "exam_handed_in",
    "failures_in_a_row",
    "figures_of",
    "filled_questions",
    "find_lesson",
    "find_options",
    "find_version",
    "first_form",
    "following_lesson",
    "grade",
    "guide_html",
    "handout_html",
    "has_level_check",
    "known_modules",
    "last_learned",
    "learned_since",
    "learning_of",
    "lesson_counts",
    "lesson_scores",
    "level_bank_of",
    "level_check_folder",
    "not_counting",
    "offered_test",
    "outcome_of",
    "pack_of",
    "publish_course",
    "published_courses",
    "questions_of",
    "read_options",
    "readable_courses",
    "recognise_course",
    "record_exam",
    "record_lesson",
    "render_report",
    "schema_files",
    "set_options",
    "slides_html",
    "write_files",
]
