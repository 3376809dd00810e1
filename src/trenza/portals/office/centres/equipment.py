"""What a centre has: adding a thing, lending it, taking it back, and saying that it is gone."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trenza.apps.people.api import Person
from trenza.apps.places.api import (
    Equipment,
    Loan,
    WrongDay,
    add_equipment,
    kept_equipment,
    kept_loans,
    lend_equipment,
    retire_equipment,
    return_equipment,
)
from trenza.core import clock
from trenza.core.errors import DomainError
from trenza.portals.office.centres.base import FormUnderCentre
from trenza.portals.office.centres.guests import GuestField, found_guests, looked_for
from trenza.portals.office.place_words import KINDS
from trenza.portals.office.words import refusal

USUAL = timedelta(days=7)


class ThingForm(forms.Form):
    """A thing: what it is, and what stands on its label."""

    code = forms.CharField(
        label=gettext_lazy("Code on its label"),
        max_length=40,
        help_text=gettext_lazy("No other thing of this centre has it, or had it."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=list(KINDS.items()))
    label = forms.CharField(label=gettext_lazy("Brand, colour, number"), max_length=120, required=False)


class NewThingPage(FormUnderCentre):
    """The centre has one thing more."""

    button = gettext_lazy("Add it")

    def get_page_title(self) -> str:
        return _("Add equipment")

    def form(self, *data: Any) -> ThingForm:
        return ThingForm(*data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add it, or say what is wrong."""
        form = self.form(request.POST)

        def act() -> str:
            added = add_equipment(centre=self.object, **form.cleaned_data, by=self.viewer)
            return _("“%(code)s” was added.") % {"code": added.code}

        return self.answer(form, act)


class LoanForm(forms.Form):
    """Who takes it, until when, and in what state it goes."""

    due_on = forms.DateField(
        label=gettext_lazy("She brings it back at the latest on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    note = forms.CharField(
        label=gettext_lazy("State in which it goes"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Scratches, charger, case. You both look at it now."),
    )

    def __init__(self, viewer: Person, *data: Any, **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        self.fields = {"person": GuestField(viewer, required=True), **self.fields}


class LendPage(FormUnderCentre):
    """Lend a thing: she is looked for by name, then chosen."""

    template_name = "office/centres/lend.html"
    button = gettext_lazy("Lend it")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        things = kept_equipment.which(self.viewer).filter(centre=self.object)
        self.thing: Equipment = get_object_or_404(things, pk=kwargs["thing"])
        self.words = looked_for(request)

    def get_page_title(self) -> str:
        return _("Lend “%(code)s”") % {"code": self.thing.code}

    def form(self, *data: Any) -> LoanForm:
        usual = clock.today(self.object.time_zone) + USUAL
        return LoanForm(self.viewer, *data, initial={"due_on": usual})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.guests = found_guests(self.request, self.words)
        more = {"thing": self.thing, "kind": KINDS[self.thing.kind], "words": self.words, "guests": self.guests}
        return super().get_context_data(**kwargs | more)

    def is_synthetic(self) -> bool:
        return any(each.synthetic for each in self.guests)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Lend it, or say what is wrong."""
        form = self.form(request.POST)

        def act() -> str:
            given = form.cleaned_data
            loan = lend_equipment(
                equipment=self.thing, person=given["person"], due_on=given["due_on"], note=given["note"], by=self.viewer
            )
            return _("%(name)s has “%(code)s” now.") % {"name": loan.person.name, "code": self.thing.code}

        return self.answer(form, act)

    def refuse(self, form: forms.Form, error: DomainError) -> None:
        """A day that cannot be stands at its field."""
        form.add_error("due_on" if isinstance(error, WrongDay) else None, str(refusal(error)))


class ReturnForm(forms.Form):
    """In what state it came."""

    note = forms.CharField(label=gettext_lazy("State in which it came"), max_length=300, required=False)


class ReturnPage(FormUnderCentre):
    """It was brought back."""

    template_name = "office/centres/return.html"
    button = gettext_lazy("It is back")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        loans = kept_loans.which(self.viewer).filter(equipment__centre=self.object)
        self.loan: Loan = get_object_or_404(loans.select_related("equipment", "person", "lent_by"), pk=kwargs["loan"])

    def get_page_title(self) -> str:
        return _("“%(code)s” comes back") % {"code": self.loan.equipment.code}

    def form(self, *data: Any) -> ReturnForm:
        return ReturnForm(*data)

    def is_synthetic(self) -> bool:
        return self.loan.person.synthetic

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        late = self.loan.due_on < clock.today(self.object.time_zone)
        more = {"loan": self.loan, "kind": KINDS[self.loan.equipment.kind], "late": late}
        return super().get_context_data(**kwargs | more)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Write it down, or say what is wrong."""
        form = self.form(request.POST)

        def act() -> str:
            return_equipment(loan=self.loan, note=form.cleaned_data["note"], by=self.viewer)
            return _("“%(code)s” is back.") % {"code": self.loan.equipment.code}

        return self.answer(form, act)


class RetirePage(FormUnderCentre):
    """The centre no longer has it; asked before, for it cannot be undone."""

    button = gettext_lazy("It is gone")
    lead = gettext_lazy("It broke, was stolen or went elsewhere. It leaves the list; what it was lent for stays.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        things = kept_equipment.which(self.viewer).filter(centre=self.object)
        self.thing: Equipment = get_object_or_404(things, pk=kwargs["thing"])

    def get_page_title(self) -> str:
        return _("“%(code)s” is gone") % {"code": self.thing.code}

    def form(self, *data: Any) -> forms.Form:
        return forms.Form(*data)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Write it down."""

        def act() -> str:
            retire_equipment(equipment=self.thing, by=self.viewer)
            return _("“%(code)s” is no longer of the centre.") % {"code": self.thing.code}

        return self.answer(self.form(request.POST), act)
