"""What who gives a session needs at hand: the guide, slides, handouts, answers, and what to do without a signal."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trenza.portals.trainer.answers import answers_of
from trenza.portals.trainer.package import guided, plan_of
from trenza.portals.trainer.views.one import keeper, kept_session


@keeper
@never_cache
@require_safe
def materials(request: HttpRequest, session: UUID) -> HttpResponse:
    """The guide of its workshop, and each lesson to give, to show or to print."""
    found = kept_session(request, session)
    plan = plan_of(found)
    return render(request, "trainer/materials.html", {"session": found, "plan": plan, "guided": guided(plan)})


@keeper
@never_cache
@require_safe
def answers(request: HttpRequest, session: UUID, course: str, lesson: str) -> HttpResponse:
    """The answers of a lesson that this session teaches from: those of a whole course are too many for one page."""
    found = kept_session(request, session)
    lessons = [each for part in plan_of(found) if part.module.course == course for each in part.lessons]
    asked = [each for each in lessons if each.code == lesson]
    if not asked:
        raise Http404
    context = {"session": found, "course": asked[0].version, "answers": answers_of(asked)}
    return render(request, "trainer/answers.html", context)
