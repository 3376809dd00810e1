"""Filters of the learner's pages."""

from collections.abc import Iterable

from django import template
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trenza.apps.learning.api import Lesson
from trenza.apps.programmes.api import Module
from trenza.portals.learner import exams, links
from trenza.portals.learner.costs import cost_in_words
from trenza.portals.learner.words import CONFIRMED_BY, CONFIRMED_BY_SOMEBODY, Words

register = template.Library()


@register.filter
def names(modules: Iterable[Module]) -> Words:
    """The names of what must be met first: all but the last by commas."""
    *others, last = [module.name for module in modules]
    # Translators: the modules that must be finished first, e.g. "Online, Safe accounts and Business".
    return format_lazy(_("{others} and {last}"), others=", ".join(others), last=last) if others else last


@register.filter
def costs(kilobytes: int, country: str) -> str:
    """What so many KB cost in her country; empty where nobody knows."""
    return cost_in_words(kilobytes, country)


@register.filter
def kilobytes(lesson: Lesson) -> int:
    """What a lesson takes of her data."""
    return links.kilobytes(lesson)


@register.filter
def address(lesson: Lesson) -> str:
    """Where a lesson's page is."""
    return links.lesson_url(lesson)


@register.filter
def percent(score: float) -> int:
    """A score of 1 as a whole number of 100."""
    return exams.percent(score)


@register.filter
def who_confirms(role: str) -> Words:
    """Who confirms a module that no course meets."""
    return CONFIRMED_BY.get(role, CONFIRMED_BY_SOMEBODY)
