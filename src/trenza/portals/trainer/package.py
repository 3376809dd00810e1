"""What a trainer takes along on paper: a guide, the list with room to sign, and cards for whoever walks in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

from django import forms
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from trenza.apps.learning.api import Lesson, course_states, guide_html, handout_html
from trenza.apps.people.api import MOST_AT_ONCE, NewBlankCard, Person, grouped_secret
from trenza.apps.programmes.api import Module
from trenza.apps.sessions import api as sessions
from trenza.apps.sessions.api import Session
from trenza.portals.field import paper

MOST_LINES: Final = 60
MOST_NAMES: Final = 300
MOST_LESSONS: Final = 60


class PackageForm(forms.Form):
    """How many cards, and how many lines for those whom nobody expects."""

    cards = forms.IntegerField(
        label=_("How many cards for women who are not on the list"),
        help_text=_("60 at most. They are new each time; no number means none."),
        min_value=0,
        max_value=MOST_AT_ONCE,
        required=False,
    )
    lines = forms.IntegerField(
        label=_("How many empty lines at the end of the list"), min_value=0, max_value=MOST_LINES, initial=10
    )
    guides = forms.BooleanField(label=_("With the guide to each lesson, for you"), required=False)
    handouts = forms.BooleanField(label=_("With a handout of each lesson"), required=False)
    answers = forms.BooleanField(label=_("With the answers, for you alone"), required=False)


@dataclass(frozen=True)
class Blank:
    """A card that is nobody's yet."""

    number: str
    code: str
    square: SafeString
    expires_on: Any


class Part(NamedTuple):
    """A module with the lessons in which it is learned; each has its version and course."""

    module: Module
    lessons: Sequence[Lesson]


def names_of(session: Session, viewer: Person) -> list[str]:
    """Who is expected, by name."""
    return [each.name for each in sessions.attendance_of(session, viewer)[:MOST_NAMES] if each.name]


def plan_of(session: Session) -> list[Part]:
    """What it is about: the module of a workshop where it is learned in lessons, or else those of the track. Five
    queries."""
    workshop = session.workshop
    modules = Module.objects.current().filter(track=session.track_id).order_by("position")
    found = list(modules) if session.track_id else []
    if workshop is not None and workshop.module_id is not None:
        met = [module for module in found if module.pk == workshop.module_id]
        # A workshop may be a module by itself, without lessons: what the rest of the track teaches is at hand then.
        found = met if any(module.course for module in met) else [*met, *(each for each in found if each not in met)]
    states = course_states(None, {each.course for each in found if each.course})
    parts, left = [], MOST_LESSONS
    for module in found:
        state = states.get(module.course)
        lessons = [each.lesson for each in state.lessons][:left] if state else []
        left -= len(lessons)
        parts.append(Part(module, lessons))
    return parts


def guided(plan: Sequence[Part]) -> set[UUID]:
    """Those of these lessons that say how they are given as a session. One query."""
    lessons = [lesson.pk for part in plan for lesson in part.lessons]
    return set(Lesson.objects.filter(pk__in=lessons).exclude(guide="").values_list("pk", flat=True))


def guides_of(plan: Sequence[Part]) -> list[SafeString]:
    """The guide to each of these lessons that has one, to print. One query."""
    lessons = [lesson for part in plan for lesson in part.lessons]
    rows = Lesson.objects.filter(pk__in=[each.pk for each in lessons]).exclude(guide="")
    found = {pk: (body, guide) for pk, body, guide in rows.values_list("pk", "body", "guide")}
    return [
        mark_safe(guide_html(*found[each.pk], title=each.title, language=each.version.language))
        for each in lessons
        if each.pk in found
    ]


def handouts_of(plan: Sequence[Part]) -> list[SafeString]:
    """The handout of each of these lessons but exams, to print. One query."""
    lessons = [lesson for part in plan for lesson in part.lessons if not lesson.exam]
    bodies = dict(Lesson.objects.filter(pk__in=[each.pk for each in lessons]).values_list("pk", "body"))
    return [
        mark_safe(handout_html(bodies[each.pk], title=each.title, language=each.version.language)) for each in lessons
    ]


def printed(card: NewBlankCard) -> Blank:
    """What stands on a card: its number to be given by, its code to claim with."""
    number = f"{card.card.number[:4]} {card.card.number[4:]}"
    return Blank(number, grouped_secret(card.secret), paper.square(card.secret), card.card.expires_on)
