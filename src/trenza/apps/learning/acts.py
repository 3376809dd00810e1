"""The act `l`: what she did in a lesson on her phone, as the journal's observations (docs/phone.md)."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import msgspec

from trenza.apps.learning import catalogue
from trenza.apps.learning.events import LessonCompleted, QuestionAnswered
from trenza.apps.programmes import api as programmes
from trenza.apps.sync.api import Act, Entry, Expanded, NotYet, Refused, entry, register_act, register_kinds

MOST_CHOICES = 100


class LessonAct(msgspec.Struct, array_like=True, frozen=True):
    """`answers` has, for each question in the order of the page, nil or the indices of what she chose. `done`: she went
    through the lesson to its end."""

    lesson: UUID
    answers: list[Annotated[list[int], msgspec.Meta(max_length=MOST_CHOICES)] | None]
    done: bool


_decoder = msgspec.msgpack.Decoder(LessonAct)


def register() -> None:
    """Register the act, and that a device may send what it becomes as it is."""
    register_act("l", expand_lessons)
    register_kinds(QuestionAnswered, LessonCompleted)


def expand_lessons(acts: Sequence[Act]) -> list[Expanded]:
    """One entry for each question that she answered, by the order of the version that she saw; then that she is done.

    Two queries for all of them, once their lessons are in memory. A lesson that is not here may come: not yet.
    """
    sent = [_read(act) for act in acts]
    lessons = catalogue.known({each.lesson for each in sent if isinstance(each, LessonAct)})
    courses = {lesson.id: catalogue.version(lesson.version).course for lesson in lessons.values()}
    wanted = {
        (act.person, courses[each.lesson])
        for act, each in zip(acts, sent, strict=True)
        if isinstance(each, LessonAct) and each.lesson in courses
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
            expanded.append(_entries(each, lessons[each.lesson], edition))
    return expanded


def _read(act: Act) -> LessonAct | Refused:
    try:
        return _decoder.decode(act.payload)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Refused("malformed")


def _entries(sent: LessonAct, lesson: catalogue.PublishedLesson, edition: UUID | None) -> list[Entry] | Refused:
    if len(sent.answers) > len(lesson.choices):
        return Refused("unknown_question")
    entries = []
    for (question, choices), chosen in zip(lesson.choices.items(), sent.answers, strict=False):
        if chosen is None:
            continue
        if any(not 0 <= index < choices for index in chosen):
            return Refused("unknown_choice")
        event = QuestionAnswered(lesson=sent.lesson, question=question, choices=sorted(set(chosen)))
        entries.append(entry(event, edition))
    if sent.done:
        entries.append(entry(LessonCompleted(lesson=sent.lesson), edition))
    return entries or Refused("nothing_done")
