"""The page of her history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trenza.core.access import signed_in
from trenza.portals.learner.herself import herself
from trenza.portals.learner.history import history_of


@signed_in
@never_cache
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Everything that she has done here, in all programmes, with one account."""
    return render(request, "learner/history.html", {"history": history_of(herself(request))})
