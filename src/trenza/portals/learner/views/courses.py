"""A course as a list of its lessons: what it takes, who wrote it, and what she has done of it."""

import math

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trenza.apps.learning.api import LICENCES, course_states, offered_test
from trenza.apps.people.api import person_of
from trenza.core.access import public
from trenza.portals.learner.costs import cost_in_words, where_it_comes_from
from trenza.portals.learner.exams import percent
from trenza.portals.learner.links import kilobytes, lesson_url
from trenza.portals.learner.packs import pack_bytes, pack_url


@public
@never_cache
@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """The version that is hers, or the newest for a visitor. Its lessons are open to everybody."""
    person = person_of(request)
    state = course_states(person, [course]).get(course)
    if state is None:
        raise Http404
    coming = state.next_lesson
    test = offered_test(person, state) if person else None
    lessons = [
        {
            "lesson": each.lesson,
            "url": lesson_url(each.lesson),
            "kilobytes": kilobytes(each.lesson),
            "counts": each.counts,
            "begun": each.done,
            "exam": each.lesson.exam,
            "score": None if each.score is None else percent(each.score),
            "now": each.lesson == coming,
        }
        for each in state.lessons
    ]
    weight, country = sum(kilobytes(each.lesson) for each in state.lessons), person.country if person else ""
    pack_weight = math.ceil(pack_bytes(state.version) / 1024)
    context = {
        "version": state.version,
        "signed_in": person is not None,
        "lessons": lessons,
        "passed": state.passed,
        "test": test,
        "test_url": lesson_url(test.lesson) if test else "",
        "next_url": lesson_url(coming) if coming else None,
        "minutes": sum(each.lesson.minutes for each in state.lessons),
        "kilobytes": weight,
        "recordings": math.ceil(sum(each.lesson.media_bytes for each in state.lessons) / 1024),
        "cost": cost_in_words(weight, country),
        "price": where_it_comes_from(country),
        "pack": {
            "url": pack_url(state.version),
            "kilobytes": pack_weight,
            "cost": cost_in_words(pack_weight, country),
        },
        "licence": LICENCES.get(state.version.licence),
    }
    return render(request, "learner/course.html", context)
