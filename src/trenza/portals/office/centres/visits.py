"""Noting who came to a centre, and taking back what was noted by mistake."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from trenza.apps.people.api import Person
from trenza.apps.places.api import (
    WrongDay,
    keep_centre,
    kept_visits,
    latest_visits,
    note_visit,
    note_visits,
    take_back_visit,
)
from trenza.core import clock
from trenza.core.errors import DomainError
from trenza.portals.office.access import viewer_of
from trenza.portals.office.centres.base import FormUnderCentre
from trenza.portals.office.centres.guests import GuestField, found_guests, looked_for
from trenza.portals.office.detail import carry_out, found
from trenza.portals.office.place_words import PURPOSES
from trenza.portals.office.words import refusal

LATEST: Final = 20


class VisitForm(forms.Form):
    """Somebody by name, or so many women whose names nobody asked; what for, and when."""

    count = forms.IntegerField(
        label=gettext_lazy("How many women, without asking their names"), min_value=1, max_value=500, required=False
    )
    purpose = forms.ChoiceField(label=gettext_lazy("What for"), choices=list(PURPOSES.items()))
    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text=gettext_lazy("Today, or up to two months ago."),
    )

    def __init__(self, viewer: Person, *data: Any, **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        self.fields = {"person": GuestField(viewer, required=False), **self.fields}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and (given["person"] is None) == (given["count"] is None):
            self.add_error("count", _("Choose who came, or say how many: one of both."))
        return given


class VisitsPage(FormUnderCentre):
    """Note who came; below it what was noted last."""

    template_name = "office/centres/visits.html"
    button = gettext_lazy("Note it")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.words = looked_for(request)

    def get_page_title(self) -> str:
        return _("Note visits")

    def form(self, *data: Any) -> VisitForm:
        return VisitForm(self.viewer, *data, initial={"day": clock.today(self.object.time_zone)})

    def is_synthetic(self) -> bool:
        people = [*self.guests, *(visit.person for visit in self.latest if visit.person)]
        return any(each.synthetic for each in people)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.guests = found_guests(self.request, self.words)
        self.latest = latest_visits(self.object, LATEST)
        return super().get_context_data(
            words=self.words,
            guests=self.guests,
            latest=[(PURPOSES[each.purpose], each) for each in self.latest],
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Note it, or say what is wrong."""
        form = self.form(request.POST)

        def act() -> str:
            person, count, purpose, day = (form.cleaned_data[each] for each in ("person", "count", "purpose", "day"))
            if person is not None:
                note_visit(centre=self.object, person=person, day=day, purpose=purpose, by=self.viewer)
                return _("%(name)s is noted.") % {"name": person.name}
            note_visits(centre=self.object, count=count, day=day, purpose=purpose, by=self.viewer)
            return ngettext("%(n)s visit is noted.", "%(n)s visits are noted.", count) % {"n": count}

        return self.answer(form, act, to=reverse("office_visits", args=[self.object.pk]))

    def refuse(self, form: forms.Form, error: DomainError) -> None:
        """A day that cannot be stands at its field."""
        form.add_error("day" if isinstance(error, WrongDay) else None, str(refusal(error)))


@require_POST
def take_back(request: HttpRequest, pk: UUID, visit: UUID) -> HttpResponse:
    """It was noted by mistake."""
    viewer = viewer_of(request)
    found(keep_centre, viewer, pk)
    noted = get_object_or_404(kept_visits.which(viewer), pk=visit, centre=pk)

    def act() -> str:
        take_back_visit(visit=noted, by=viewer)
        return _("It no longer counts.")

    return carry_out(request, act, back=reverse("office_visits", args=[pk]))
