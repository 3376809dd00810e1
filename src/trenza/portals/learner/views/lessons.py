"""Lessons: the page that is the same for everybody, and what becomes of her answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from trenza.apps.learning import api as learning
from trenza.apps.people.api import Person, person_of
from trenza.apps.programmes import api as programmes
from trenza.core import files
from trenza.core.access import public
from trenza.portals.field import pages
from trenza.portals.field.origin import came_from_us
from trenza.portals.field.shell import lesson_document

VERSION_DIGITS = 12


def lesson_url(lesson: learning.Lesson) -> str:
    """The address of a lesson's page."""
    return reverse("lesson", args=[lesson.version.course.code, lesson.version.short, lesson.code])


@public
@require_safe
def lesson(request: HttpRequest, course: str, version: str, lesson: str) -> HttpResponse:
    """A lesson's page. From the second time on the process answers it from memory (field.pages)."""
    row = _find(course, version, lesson)
    document = lesson_document(row.body, title=row.title, language=row.version.language)
    return pages.answer(request, pages.remember(request.path_info, document))


@public
@csrf_exempt
@require_POST
def respond(request: HttpRequest, course: str, version: str, lesson: str) -> HttpResponse:
    """Grade her answers and, if somebody is signed in, record them."""
    row = _find(course, version, lesson)
    answers = _answers(request, row)
    person = person_of(request)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    if person and not came_from_us(request):
        if wants_json:
            return JsonResponse({"confirm": True}, status=409)
        return _confirm(request, row, person, answers)
    if person:
        enrolled = programmes.modules_met_by(person, course)
        edition = enrolled[0][0].edition_id if enrolled else None
        learning.record_lesson(lesson=row, answers=answers, person=person, edition=edition)
    return _json(row, person, answers) if wants_json else _graded(request, row, person, answers)


@public
@require_GET
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of a course, named by its hash: it never changes."""
    path = files.find(name)
    if path is None:
        raise Http404
    response = FileResponse(path.open("rb"))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _find(course: str, version: str, lesson: str) -> learning.Lesson:
    row = learning.find_lesson(course, version, lesson) if len(version) == VERSION_DIGITS else None
    if row is None:
        raise Http404
    return row


def _answers(request: HttpRequest, row: learning.Lesson) -> dict[str, list[int]]:
    """What she chose: question code -> indices. Anything that is no choice of the question is left out."""
    answers = {}
    for question in row.questions:
        values = request.POST.getlist(f"q.{question['code']}")[: len(question["choices"])]
        indices = {int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 4}
        chosen = sorted(index for index in indices if index < len(question["choices"]))
        if chosen:
            answers[question["code"]] = chosen
    return answers


def _confirm(
    request: HttpRequest, row: learning.Lesson, person: Person, answers: Mapping[str, Sequence[int]]
) -> HttpResponse:
    context = {
        "name": person.given_name,
        "title": row.title,
        "action": request.path,
        "fields": [(f"q.{code}", index) for code, chosen in answers.items() for index in chosen],
        "not_me_url": None,
    }
    return render(request, "field/confirm.html", context)


def _json(row: learning.Lesson, person: Person | None, answers: Mapping[str, Sequence[int]]) -> JsonResponse:
    graded = _grade(row, answers)
    answer: dict[str, Any] = {"saved": person is not None, "signed_in": person is not None}
    answer["name"] = person.given_name if person else None
    answer["score"] = _score(graded)
    answer["done"] = _is_done(row, person)
    answer["next"] = _next_url(row) if person else f"{reverse('account_login')}?next={lesson_url(row)}"
    return JsonResponse(answer)


def _graded(
    request: HttpRequest, row: learning.Lesson, person: Person | None, answers: Mapping[str, Sequence[int]]
) -> HttpResponse:
    graded = _grade(row, answers)
    done = _is_done(row, person) if person else answers.keys() == {question["code"] for question in row.questions}
    context = {
        "lesson_title": row.title,
        "questions": graded,
        "score": _score(graded),
        "saved": person is not None,
        "signed_in": person is not None,
        "done": done,
        "next_url": _next_url(row) if done else None,
        "again_url": lesson_url(row),
        "sign_in_url": f"{reverse('account_login')}?next={lesson_url(row)}",
    }
    return render(request, "field/graded.html", context)


def _grade(row: learning.Lesson, answers: Mapping[str, Sequence[int]]) -> list[dict[str, Any]]:
    graded = []
    for question in row.questions:
        chosen = set(answers.get(question["code"], ()))
        choices = [
            {
                "html": choice["html"],
                "chosen": index in chosen,
                "right": choice["right"],
                "feedback_html": choice["feedback"],
            }
            for index, choice in enumerate(question["choices"])
        ]
        right = chosen == {index for index, choice in enumerate(question["choices"]) if choice["right"]}
        graded.append(
            {"prompt_html": question["prompt"], "choices": choices, "right": right, "hint_html": question["hint"]}
        )
    return graded


def _score(graded: Sequence[Mapping[str, Any]]) -> float:
    return sum(question["right"] for question in graded) / len(graded) if graded else 1.0


def _is_done(row: learning.Lesson, person: Person | None) -> bool:
    """Whether the lesson counts for her by now."""
    code = row.version.course.code
    state = learning.course_states(person, [code]).get(code)
    return any(each.counts for each in state.lessons if each.lesson.id == row.id) if state else False


def _next_url(row: learning.Lesson) -> str:
    following = learning.following_lesson(row)
    return lesson_url(following) if following else reverse("learner_home")
