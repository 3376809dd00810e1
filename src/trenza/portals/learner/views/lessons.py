"""Lessons: the page that is the same for everybody, and what becomes of her answers."""

import gzip
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from trenza.apps.learning import api as learning
from trenza.apps.people.api import Person, person_of
from trenza.apps.programmes import api as programmes
from trenza.core import files
from trenza.core.access import public
from trenza.portals.field import fixed, pages
from trenza.portals.field.origin import came_from_us
from trenza.portals.field.shell import LessonFacts, lesson_document
from trenza.portals.learner import recordings
from trenza.portals.learner.answers import (
    LEFT_OUT,
    Answers,
    Grade,
    asked_again,
    grade_answers,
    posted_fields,
    read_answers,
)
from trenza.portals.learner.before_after import answered_in_words
from trenza.portals.learner.exams import NO_ANSWER, SIGN_IN_FIRST, SIGN_IN_TO_KEEP, exam_in_words
from trenza.portals.learner.facts import facts_of, next_url
from trenza.portals.learner.links import lesson_url, the_lesson

# Python's table of types depends on its version and on the system, and browsers refuse a picture of an unknown type.
_IMAGES = {"avif": "image/avif", "webp": "image/webp"}
_PACKED = {"json": "application/json", "svg": "image/svg+xml"}


@public
@require_safe
def lesson(request: HttpRequest, course: str, version: str, lesson: str) -> HttpResponse:
    """A lesson's page. From the second time on the process answers it from memory (field.pages)."""
    row = the_lesson(course, version, lesson)
    document = lesson_document(row.body, title=row.title, language=row.version.language, facts=_facts(row))
    return pages.answer(request, pages.remember(request.path_info, document))


@public
@never_cache
@csrf_exempt  # lessons are the same bytes for everybody, so they carry no token: `came_from_us` decides instead
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: HttpRequest, course: str, version: str, lesson: str) -> HttpResponse:
    """Grade her answers and, if somebody is signed in and the form is ours, record them.

    A phone that comes back to this address without a form (it was reloaded, or kept as a bookmark) gets the lesson.
    """
    row = the_lesson(course, version, lesson)
    if request.method != "POST":
        return HttpResponseRedirect(lesson_url(row))
    answers = read_answers(request.POST, row)
    person = person_of(request)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    if row.exam and not person:
        return _sign_in_first(request, row, wants_json=wants_json)
    if person and not came_from_us(request):
        return JsonResponse({"confirm": True}, status=409) if wants_json else _confirm(request, row, person)
    if person and row.test:
        return _test(request, row, person, answers, wants_json=wants_json)
    if person and row.exam and 0 < len(answers) < len(row.questions) and not (wants_json or LEFT_OUT in request.POST):
        return _blanks(request, row, answers)
    if person and row.exam:
        return _exam(request, row, person, answers, wants_json=wants_json)
    if person:
        learning.record_lesson(lesson=row, answers=answers, person=person, edition=_edition(row, person))
    grade = grade_answers(row, answers, request.POST)
    done = learning.lesson_counts(person, row) if person else grade.would_count
    saved = person is not None and bool(answers or not row.questions)
    if wants_json:
        return _json(row, person, grade, saved=saved, done=done)
    return _graded(request, row, person, grade, saved=saved, done=done)


@public
@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture or recording of a course, or a chunk of its lessons, named by its hash: it never changes.

    Nothing else that is kept under a hash is served; a course's source, for one, is its author's.
    """
    ending = name.rpartition(".")[2]
    path = files.find(name) if ending in {*_IMAGES, *recordings.KINDS, *_PACKED} else None
    if path is None:
        raise Http404
    if ending in _PACKED:
        plain, packed = _packed(path)
        return fixed.answer(request, plain, packed, kind=_PACKED[ending], etag=path.stem)
    if ending in recordings.KINDS:
        return recordings.recording(request, path, recordings.KINDS[ending])
    response = FileResponse(path.open("rb"), content_type=_IMAGES[ending])
    response["Cache-Control"] = fixed.IMMUTABLE
    return response


@lru_cache(maxsize=64)
def _packed(path: Path) -> tuple[bytes, bytes]:
    """A chunk or a drawing, and the same compressed: a hall full of phones that download a course asks for few."""
    data = path.read_bytes()
    return data, gzip.compress(data, 9, mtime=0)


def _facts(row: learning.Lesson) -> LessonFacts:
    return facts_of(row, learning.following_lesson(row))


def _edition(row: learning.Lesson, person: Person) -> UUID | None:
    enrolled = programmes.modules_met_by(person, row.version.course.code)
    return enrolled[0][0].edition_id if enrolled else None


def _sign_in_first(request: HttpRequest, row: learning.Lesson, *, wants_json: bool) -> HttpResponse:
    """An exam of nobody is not graded: who may ask as often as she wants learns the answers."""
    says = SIGN_IN_TO_KEEP if row.test else SIGN_IN_FIRST
    if wants_json:
        told = {"saved": False, "signed_in": False, "name": None, "graded": False, "done": False}
        return JsonResponse(told | {"message": str(says), "next": _sign_in_url(row)})
    context = {"lesson": row, "says": says, "sign_in_url": _sign_in_url(row), "again_url": lesson_url(row)}
    return render(request, "learner/exam.html", context)


def _blanks(request: HttpRequest, row: learning.Lesson, answers: Answers) -> HttpResponse:
    """An exam with blanks is handed in once she knows of them; with scripts its page has told her."""
    context = {
        "lesson": row,
        "questions": asked_again(row, answers, request.POST),
        "blanks": len(row.questions) - len(answers),
        "action": request.path,
        "left_out": LEFT_OUT,
    }
    return render(request, "learner/exam_blanks.html", context)


def _exam(
    request: HttpRequest, row: learning.Lesson, person: Person, answers: Answers, *, wants_json: bool
) -> HttpResponse:
    """Record an attempt at an exam and say how it went, but never which answers were right."""
    learning.record_exam(lesson=row, answers=answers, person=person, edition=_edition(row, person))
    outcome = learning.exam_handed_in(person, row, answers)
    told = exam_in_words(outcome, left_out=len(row.questions) - len(answers))
    onward = _next_url(row) if outcome.passed else None
    if wants_json:
        return JsonResponse(
            {
                "saved": bool(answers),
                "signed_in": True,
                "name": person.given_name,
                "graded": outcome.correct is not None and bool(answers),
                "score": outcome.score,
                "done": outcome.passed,
                "message": " ".join(told),
                "next": onward,
            }
        )
    context = {
        "lesson": row,
        "outcome": outcome,
        "kept": bool(answers),
        "says": told[0],
        "more": told[1:],
        "next_url": onward,
        "again_url": lesson_url(row),
    }
    return render(request, "learner/exam.html", context)


def _test(
    request: HttpRequest, row: learning.Lesson, person: Person, answers: Answers, *, wants_json: bool
) -> HttpResponse:
    """Record a form of a test. What was right is told once she has done both, and then only how many."""
    learning.record_exam(lesson=row, answers=answers, person=person, edition=_edition(row, person))
    told = answered_in_words(learning.answered_of(person, row)) if answers else [str(NO_ANSWER)]
    onward = reverse("course", args=[row.version.course.code])
    if wants_json:
        kept = {"saved": bool(answers), "signed_in": True, "name": person.given_name, "graded": False}
        return JsonResponse({**kept, "done": bool(answers), "message": " ".join(told), "next": onward})
    context = {"lesson": row, "kept": bool(answers), "says": told, "next_url": onward, "again_url": lesson_url(row)}
    return render(request, "learner/test.html", context)


def _confirm(request: HttpRequest, row: learning.Lesson, person: Person) -> HttpResponse:
    context = {
        "name": person.given_name,
        "title": row.title,
        "action": request.path,
        "fields": posted_fields(request.POST, row),
        "not_me_url": reverse("account_logout"),
    }
    return render(request, "field/confirm.html", context)


def _json(row: learning.Lesson, person: Person | None, grade: Grade, *, saved: bool, done: bool) -> JsonResponse:
    return JsonResponse(
        {
            "saved": saved,
            "signed_in": person is not None,
            "name": person.given_name if person else None,
            "score": grade.score,
            "done": done,
            "next": (_next_url(row) if done else None) if person else _sign_in_url(row),
        }
    )


def _graded(
    request: HttpRequest, row: learning.Lesson, person: Person | None, grade: Grade, *, saved: bool, done: bool
) -> HttpResponse:
    context = {
        "lesson_title": row.title,
        "questions": grade.questions,
        "score": grade.score,
        "saved": saved,
        "signed_in": person is not None,
        "done": done,
        "next_url": _next_url(row) if done else None,
        "again_url": lesson_url(row),
        "action": request.path,
        "sign_in_url": _sign_in_url(row),
    }
    return render(request, "field/graded.html", context)


def _sign_in_url(row: learning.Lesson) -> str:
    """Sign in, and come back to the lesson."""
    return f"{reverse('account_login')}?{urlencode({'next': lesson_url(row)})}"


def _next_url(row: learning.Lesson) -> str:
    return next_url(learning.following_lesson(row), row.version.course.code)
