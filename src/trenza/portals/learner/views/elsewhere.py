"""Certificates of courses elsewhere: she hands one in, reads what became of it, and has her file back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trenza.apps.credentials.api import (
    FileRefused,
    add_external,
    courses_elsewhere,
    external_file,
    externals_of,
    readable_externals,
)
from trenza.apps.people.api import signed_in_fully
from trenza.core.access import signed_in
from trenza.core.errors import DomainError, NotAllowed
from trenza.portals.field.opaque import as_attachment
from trenza.portals.learner.forms import ElsewhereForm
from trenza.portals.learner.herself import demonstration_of, herself
from trenza.portals.learner.views.enrolments import own_enrolment
from trenza.portals.learner.words import EXTERNAL_STATES, FILES_REFUSED, not_taken


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def elsewhere(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """The courses of others that count in her track, what she handed in, and a form for one more."""
    found = own_enrolment(request, enrolment)
    courses = list(courses_elsewhere(found))
    form = ElsewhereForm(courses, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        course = next(each for each in courses if each.code == form.cleaned_data["course"])
        try:
            content = form.cleaned_data["file"].read()
            add_external(enrolment=found, course=course, content=content, by=found.person)
        except NotAllowed as error:
            raise Http404 from error
        except FileRefused as refused:
            form.add_error("file", str(FILES_REFUSED[refused.why]))
        except DomainError as error:
            form.add_error(None, str(not_taken(error)))
        else:
            return HttpResponseRedirect(reverse("elsewhere", args=[found.pk]))
    hers = externals_of(found.person).filter(enrolment=found)
    context = {
        "enrolment": found,
        "courses": courses,
        "form": form,
        "externals": [(each, EXTERNAL_STATES[each.state]) for each in hers],
    }
    return render(request, "learner/elsewhere.html", context | demonstration_of([found.edition]))


@signed_in_fully
@never_cache
@require_safe
def file(request: HttpRequest, external: UUID) -> HttpResponse:
    """Her file, to keep. It is kept here until some time after the decision."""
    found = readable_externals.which(herself(request)).filter(pk=external, person=herself(request)).first()
    content = external_file(found.pk) if found else None
    if found is None or content is None:
        raise Http404
    return as_attachment(content, f"archivo.{found.kind}")
