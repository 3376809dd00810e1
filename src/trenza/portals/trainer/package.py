"""What a trainer takes along on paper: a guide, the list with room to sign, and cards for whoever walks in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from trenza.apps.learning.api import course_states
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


@dataclass(frozen=True)
class Blank:
    """A card that is nobody's yet."""

    number: str
    code: str
    square: SafeString
    expires_on: Any


class Part(NamedTuple):
    """A module with the lessons in which it is learned: title and minutes."""

    module: Module
    lessons: Sequence[tuple[str, int]]


def names_of(session: Session, viewer: Person) -> list[str]:
    """Who is expected, by name."""
    return [each.name for each in sessions.attendance_of(session, viewer)[:MOST_NAMES] if each.name]


def plan_of(session: Session) -> list[Part]:
    """What it is about: the module of a workshop, or those of the track, with their lessons. Five queries."""
    workshop = session.workshop
    modules = Module.objects.current().filter(track=session.track_id).order_by("position")
    if workshop is not None and workshop.module_id is not None:
        modules = modules.filter(pk=workshop.module_id)
    found = list(modules) if session.track_id else []
    states = course_states(None, {each.course for each in found if each.course})
    parts, left = [], MOST_LESSONS
    for module in found:
        state = states.get(module.course)
        lessons = [(each.lesson.title, each.lesson.minutes) for each in state.lessons][:left] if state else []
        left -= len(lessons)
        parts.append(Part(module, lessons))
    return parts


def printed(card: NewBlankCard) -> Blank:
    """What stands on a card: its number to be given by, its code to claim with."""
    number = f"{card.card.number[:4]} {card.card.number[4:]}"
    return Blank(number, grouped_secret(card.secret), paper.square(card.secret), card.card.expires_on)
