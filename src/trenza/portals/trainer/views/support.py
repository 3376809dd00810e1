"""What she asks the team: first whether it was answered before, then her question, and what came back. Her words go in
a form's body, never in an address."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trenza.apps.accompaniment import api as accompaniment
from trenza.apps.people.api import Permission, Person, requires
from trenza.core.errors import NotAllowed
from trenza.portals.trainer.inquiring import InquiryForm, LookForm
from trenza.portals.trainer.viewer import viewer_of

MOST = 50


@requires(Permission.LEARNER_CONTACT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inquiries(request: HttpRequest) -> HttpResponse:
    """Her questions and the answers; above them a form, which looks first and asks then."""
    viewer = viewer_of(request)
    if request.method != "POST":
        return _page(request, viewer, form=LookForm())
    if "ask" in request.POST:
        return _ask(request, viewer)
    look = LookForm(request.POST)
    if not look.is_valid():
        return _page(request, viewer, form=look)
    text = look.cleaned_data["text"]
    found = accompaniment.find_replies(viewer, text)
    return _page(request, viewer, form=InquiryForm(initial={"text": text}, viewer=viewer), found=found, looked=True)


def _ask(request: HttpRequest, viewer: Person) -> HttpResponse:
    form = InquiryForm(request.POST, viewer=viewer)
    if form.is_valid():
        try:
            accompaniment.make_inquiry(by=viewer, **form.wish())
        except NotAllowed as error:
            raise Http404 from error
        except accompaniment.NothingWritten:
            form.add_error("text", _("Say in a few words what you need help with."))
        except accompaniment.TooManyInquiries:
            form.add_error(None, _("You have asked a lot today. Go on tomorrow, or call the team."))
        else:
            messages.success(request, _("The team has your question. The answer appears here."))
            return HttpResponseRedirect(reverse("trainer_inquiries"))
    return _page(request, viewer, form=form, looked=True)


def _page(request: HttpRequest, viewer: Person, **more: Any) -> HttpResponse:
    context = {"found": [], "looked": False, "own": accompaniment.inquiries_of(viewer)[:MOST], **more}
    return render(request, "trainer/inquiries.html", context)
