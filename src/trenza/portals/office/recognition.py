"""Recognising what somebody had learned before she came."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trenza.apps.programmes.api import Module, PriorLearning, enrolments_to_coordinate, recognise_prior_learning
from trenza.portals.office.detail import Detail, carry_out
from trenza.portals.office.words import Words

BASES: Final[dict[str, Words]] = {
    PriorLearning.CERTIFICATE: gettext_lazy("I have seen a certificate of hers"),
    PriorLearning.SHOWN: gettext_lazy("She showed me that she can do it"),
    PriorLearning.TEST: gettext_lazy("She passed a test"),
}


class BasisForm(forms.Form):
    """How the team knows."""

    basis = forms.ChoiceField(
        label=gettext_lazy("How do you know it?"), choices=list(BASES.items()), widget=forms.RadioSelect
    )


class RecognitionPage(Detail):
    """Ask how the team knows, and recognise."""

    rule = enrolments_to_coordinate
    related = ("person", "track", "edition__programme")
    template_name = "office/recognition.html"
    header_icon = "tasks"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        modules = Module.objects.current().filter(track=self.object.track_id)
        self.module: Module = get_object_or_404(modules, pk=kwargs["module"])

    def get_page_title(self) -> str:
        return _("Recognise what she knows")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_enrolment", args=[self.object.pk]), "label": self.object.person.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": BasisForm(), **kwargs, "module": self.module})

    def post(self, request: HttpRequest, pk: UUID, module: UUID) -> HttpResponse:
        """Recognise, or ask again how she knows it."""
        form = BasisForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        basis = PriorLearning(form.cleaned_data["basis"])

        def act() -> str:
            names = {"name": self.object.person.name, "module": self.module.name}
            if recognise_prior_learning(enrolment=self.object, module=self.module, basis=basis, by=self.viewer):
                return _("“%(module)s” is recognised: %(name)s need not do it again.") % names
            return _("This was met before; nothing was changed.")

        return carry_out(request, act, back=reverse("office_enrolment", args=[pk]))
