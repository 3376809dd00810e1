"""Whom to call, one woman as her trainer sees her, and writing down what was tried. Forms alone, for every browser."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trenza.apps.accompaniment import api as accompaniment
from trenza.apps.accompaniment.api import Accompanied
from trenza.apps.admissions.api import plans_of
from trenza.apps.learning.api import learning_of
from trenza.apps.people.api import Permission, requires
from trenza.apps.sessions.api import attendance_about
from trenza.core.errors import NotAllowed
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.trainer.calling import MOST, AttemptForm, NameForm, forms_of, in_words
from trenza.portals.trainer.viewer import viewer_of
from trenza.portals.trainer.words import MARKS

MOST_SESSIONS = 10
MOST_PEOPLE = 100
caller = requires(Permission.LEARNER_CONTACT)


@caller
@never_cache
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Whom she should call now, the most urgent first."""
    found = accompaniment.call_list(viewer_of(request), most=MOST)
    context = {
        "lines": forms_of(found.lines),
        "total": found.total,
        "left_out": found.total - len(found.lines),
        "cut": found.cut,
        "demonstration": demonstration_everywhere() or any(each.person.synthetic for each in found.lines),
    }
    return render(request, "trainer/calls.html", context)


@caller
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody whom she accompanies, by name. What she looks for goes in a form's body: it is a name."""
    form = NameForm(request.POST if request.method == "POST" else None)
    words = form.cleaned_data["name"] if form.is_valid() else ""
    rows = list(accompaniment.accompanied_by(viewer_of(request), words)[: MOST_PEOPLE + 1])
    context = {
        "form": form,
        "rows": rows[:MOST_PEOPLE],
        "more": len(rows) > MOST_PEOPLE,
        "demonstration": demonstration_everywhere() or any(each.person.synthetic for each in rows),
    }
    return render(request, "trainer/people.html", context)


@caller
@never_cache
@require_safe
def person(request: HttpRequest, person: UUID) -> HttpResponse:
    """One woman: her next step, how far she is, whether she came, what was tried."""
    return _page(request, _found(request, person), AttemptForm())


@caller
@never_cache
@require_POST
def attempt(request: HttpRequest, person: UUID) -> HttpResponse:
    """Write down what was tried, and go back to where she was."""
    found, form = _found(request, person), AttemptForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        accompaniment.record_attempt(person=person, by=viewer_of(request), **form.cleaned_data)
    except NotAllowed as error:
        raise Http404 from error
    except accompaniment.WrongDay:
        form.add_error("call_back_on", _("Choose a day within three months."))
        return _page(request, found, form)
    messages.success(request, _("Written down: %(name)s.") % {"name": found.person.name})
    back = reverse("trainer_calls") if "list" in request.POST else reverse("trainer_person", args=[person])
    return HttpResponseRedirect(back)


def _page(request: HttpRequest, found: Accompanied, form: AttemptForm) -> HttpResponse:
    viewer = viewer_of(request)
    hers = {each.pk for each in found.enrolments}
    context: dict[str, Any] = {
        "found": found,
        "person": found.person,
        "reasons": in_words(found.reasons),
        "paths": [
            (path, next((each for each in path.modules if each.where == "waiting"), None))
            for path in learning_of(found.person).paths
            if path.enrolment.pk in hers
        ],
        "attendance": [
            (session, MARKS.get(standing.mark or "", _("The marks do not agree")))
            for session, standing in attendance_about(found.person.pk, viewer, most=MOST_SESSIONS)
        ],
        "plans": plans_of(found.person, [each.edition_id for each in found.enrolments]),
        "form": form,
        "demonstration": demonstration_everywhere() or found.person.synthetic,
    }
    return render(request, "trainer/person.html", context)


def _found(request: HttpRequest, person: UUID) -> Accompanied:
    found = accompaniment.accompanied(viewer_of(request), person)
    if found is None:
        raise Http404
    return found
