"""The acts `l` and `x`: what she did in a lesson on her phone, and an exam that she handed in, as the journal's
observations (docs/phone.md)."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar
from uuid import UUID

import msgspec

from trenza.apps.learning import catalogue
from trenza.apps.learning.content.limits import WRITTEN_LENGTH
from trenza.apps.learning.events import ExamSubmitted, LessonCompleted, QuestionAnswered
from trenza.apps.programmes import api as programmes
from trenza.apps.sync.api import Act, Entry, Expanded, NotYet, Refused, entry, register_act, register_kinds

MOST_CHOICES = 100

Chosen = (
    Annotated[list[int], msgspec.Meta(max_length=MOST_CHOICES)]
    | Annotated[str, msgspec.Meta(max_length=WRITTEN_LENGTH)]
    | None
)
"""Of one question: nil, the indices of her answer, or what she wrote in an exam, which goes no further than here."""


class LessonAct(msgspec.Struct, array_like=True, frozen=True):
    """`answers` are in the order of the page. `done`: she went through the lesson to its end."""

    lesson: UUID
    answers: list[Chosen]
    done: bool


class ExamAct(msgspec.Struct, array_like=True, frozen=True):
    """`answers` are in the order of the page; what she left out is nil or empty, and stays so."""

    lesson: UUID
    answers: list[Chosen]


S = TypeVar("S", LessonAct, ExamAct)
Entries = Callable[[S, catalogue.PublishedLesson, UUID | None], list[Entry] | Refused]

_lesson_decoder = msgspec.msgpack.Decoder(LessonAct)
_exam_decoder = msgspec.msgpack.Decoder(ExamAct)


def register() -> None:
    """Register the acts, and that a device may send what they become as it is."""
    register_act("l", expand_lessons)
    register_act("x", expand_exams)
    register_kinds(QuestionAnswered, LessonCompleted, ExamSubmitted)


def expand_lessons(acts: Sequence[Act]) -> list[Expanded]:
    """One entry for each question that she answered, by the order of the version that she saw; then that she is done.

    One query for all of them, once their lessons are in memory. A lesson that is not here may come: not yet.
    """
    return _expand(acts, _lesson_decoder, _entries)


def expand_exams(acts: Sequence[Act]) -> list[Expanded]:
    """One entry for each: an attempt, with what she left out. As many queries as for lessons."""
    return _expand(acts, _exam_decoder, _attempt)


def _expand(acts: Sequence[Act], decoder: msgspec.msgpack.Decoder[S], entries_of: Entries[S]) -> list[Expanded]:
    sent = [_read(act, decoder) for act in acts]
    lessons = catalogue.known({each.lesson for each in sent if not isinstance(each, Refused)})
    courses = {lesson.id: catalogue.version(lesson.version).course for lesson in lessons.values()}
    wanted = {
        (act.person, courses[each.lesson])
        for act, each in zip(acts, sent, strict=True)
        if not isinstance(each, Refused) and each.lesson in courses
    }
    editions = programmes.editions_for(wanted)
    expanded: list[Expanded] = []
    for act, each in zip(acts, sent, strict=True):
        if isinstance(each, Refused):
            expanded.append(each)
        elif each.lesson not in lessons:
            expanded.append(NotYet("unknown_lesson"))
        else:
            edition = editions.get((act.person, courses[each.lesson]))
            expanded.append(entries_of(each, lessons[each.lesson], edition))
    return expanded


def _read(act: Act, decoder: msgspec.msgpack.Decoder[S]) -> S | Refused:
    try:
        return decoder.decode(act.payload)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Refused("malformed")


def _entries(sent: LessonAct, lesson: catalogue.PublishedLesson, edition: UUID | None) -> list[Entry] | Refused:
    answers = _read_answers(sent.answers, lesson)
    if isinstance(answers, Refused):
        return answers
    entries = [
        entry(QuestionAnswered(lesson=sent.lesson, question=question, choices=chosen), edition)
        for question, chosen in zip(lesson.questions, answers, strict=False)
        if chosen is not None
    ]
    if sent.done:
        entries.append(entry(LessonCompleted(lesson=sent.lesson), edition))
    return entries or Refused("nothing_done")


def _attempt(sent: ExamAct, lesson: catalogue.PublishedLesson, edition: UUID | None) -> list[Entry] | Refused:
    if not lesson.exam:
        return Refused("no_exam")
    answers = _read_answers(sent.answers, lesson)
    if isinstance(answers, Refused):
        return answers
    return [entry(ExamSubmitted(lesson=sent.lesson, answers=[chosen or [] for chosen in answers]), edition)]


def _read_answers(sent: Sequence[Chosen], lesson: catalogue.PublishedLesson) -> list[list[int] | None] | Refused:
    """Her answers as they are kept, nil where there is none; or why these cannot be answers to this lesson: more than
    it asks, or what cannot answer a question of it."""
    if len(sent) > len(lesson.questions):
        return Refused("unknown_question")
    answers: list[list[int] | None] = []
    for question, given in zip(lesson.questions.values(), sent, strict=False):
        if given is None or (not given and question.key.rule != "exactly"):
            answers.append(None)
            continue
        chosen = question.sent(given)
        if chosen is None:
            return Refused("unknown_choice")
        answers.append(chosen)
    return answers
