"""Who gives a session: its trainers, and who stands in for one of them."""

from contextlib import suppress
from typing import cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trenza.apps.people.api import Person
from trenza.apps.sessions import api as sessions
from trenza.apps.sessions.api import Session
from trenza.core.errors import NotAllowed
from trenza.portals.trainer.viewer import viewer_of
from trenza.portals.trainer.views.one import again, keeper, kept_session


class GiverForm(forms.Form):
    """Somebody who may give this session."""

    person = forms.ChoiceField(label=gettext_lazy("Who gives it too"))
    substitute = forms.BooleanField(label=gettext_lazy("She stands in for somebody else"), required=False)

    def __init__(self, *args: object, session: Session, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as a form takes them
        self.persons = {each.pk.hex: each for each in sessions.possible_trainers(session)}
        choices = [(key, each.name) for key, each in self.persons.items()]
        cast("forms.ChoiceField", self.fields["person"]).choices = choices

    def chosen(self) -> Person:
        """Whom she chose."""
        return self.persons[self.cleaned_data["person"]]


@keeper
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def givers(request: HttpRequest, session: UUID) -> HttpResponse:
    """Who gives it, and one more."""
    found, viewer = kept_session(request, session), viewer_of(request)
    form = GiverForm(request.POST if request.method == "POST" else None, session=found)
    if form.is_valid():
        chosen = form.chosen()
        with suppress(sessions.AlreadyGives):  # a second tap
            sessions.add_trainer(session=found, person=chosen, substitute=form.cleaned_data["substitute"], by=viewer)
        return again(request, found, _("%(name)s gives this session.") % {"name": chosen.given_name}, good=True)
    trainers = found.trainers.filter(removed_at=None).select_related("person")
    return render(request, "trainer/givers.html", {"form": form, "session": found, "trainers": trainers})


@keeper
@never_cache
@require_POST
def remove(request: HttpRequest, session: UUID, trainer: UUID) -> HttpResponse:
    """She gives it no more. Who removes herself may keep it no more: then it leads to her other sessions."""
    found, viewer = kept_session(request, session), viewer_of(request)
    row = get_object_or_404(found.trainers.select_related("person", "session"), pk=trainer)
    with suppress(NotAllowed):  # a second tap
        sessions.remove_trainer(trainer=row, by=viewer)
    if not sessions.kept_sessions.allows(viewer, found):
        return HttpResponseRedirect(reverse("trainer_today"))
    words = _("%(name)s gives this session no more. What she marked stays.") % {"name": row.person.given_name}
    return again(request, found, words, good=True)
