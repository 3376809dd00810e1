"""What the pages under a centre share."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise

from trenza.apps.places.api import Centre, keep_centre
from trenza.core.errors import DomainError, NotAllowed
from trenza.portals.office.detail import Detail
from trenza.portals.office.words import refusal


class UnderCentre(Detail):
    """A page on which whoever keeps a centre does something there; it lies under the centre's own page."""

    rule = keep_centre
    header_icon = "site"
    object: Centre

    def list_crumb(self) -> dict[str, Any]:
        return {"url": self.back, "label": self.object.name}

    @property
    def back(self) -> str:
        """The centre's own page."""
        return reverse("office_centre", args=[self.object.pk])

    def is_synthetic(self) -> bool:
        return False


class FormUnderCentre(UnderCentre):
    """A form under a centre. `button` is what its button says, `lead` what stands above it."""

    template_name = "office/centres/form.html"
    button: ClassVar[str | Promise]
    lead: ClassVar[str | Promise] = ""

    def form(self, *data: Any) -> forms.Form:
        """The form, empty or with what was sent."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"] = self.form()
        return super().get_context_data(**{"button": self.button, "lead": self.lead, "back": self.back, **kwargs})

    def answer(self, form: forms.Form, act: Callable[[], str], *, to: str = "") -> HttpResponse:
        """Do it and say so; or show the form again with what is wrong in it, as it was filled in.

        What she may not do here answers as if it were not there.
        """
        if form.is_valid():
            try:
                sentence = act()
            except NotAllowed as error:
                raise Http404 from error
            except DomainError as error:
                self.refuse(form, error)
            else:
                messages.success(self.request, sentence)
                return redirect(to or self.back)
        return self.render_to_response(self.get_context_data(form=form))

    def refuse(self, form: forms.Form, error: DomainError) -> None:
        """Say in the form why it could not be done."""
        form.add_error(None, str(refusal(error)))
