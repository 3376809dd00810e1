"""Guardians of minors: who waits to be checked, one guardian with what happened, and what the team does with her."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.people.api import (
    Guardianship,
    check_guardian,
    checkable_guardianships,
    readable_guardianships,
    refuse_guardian,
    withdraw_guardian,
)
from trenza.core import clock
from trenza.portals.office.access import viewer_of
from trenza.portals.office.choices import words_filter
from trenza.portals.office.columns import DateColumn, LinkColumn, WordsColumn
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.listing import Listing
from trenza.portals.office.words import CHECKS, GUARDIAN_STATES, RELATIONS

State = Guardianship.State
STANDING = (State.ASKED, State.AGREED, State.CHECKED)


class GuardianFilters(WagtailFilterSet):
    state = words_filter(gettext_lazy("State"), GUARDIAN_STATES)

    class Meta:
        model = Guardianship
        fields: list[str] = []


class Guardians(Listing):
    """Whom minors within the viewer's scope named, for whoever checks them."""

    code = "guardians"
    rule = checkable_guardianships
    related = ("person",)
    nothing = gettext_lazy("No minor in your scope has named an adult yet.")
    filterset_class = GuardianFilters
    index_url_name = "office_guardians"
    index_results_url_name = "office_guardians_results"
    header_icon = "user"
    default_ordering = "state"
    export_filename = "personas-adultas"
    columns = [
        LinkColumn(
            "minor", label=gettext_lazy("Minor"), accessor="person.name", url_name="office_guardian",
            sort_key="person__given_name",
        ),
        Column("name", label=gettext_lazy("Adult who looks after her"), sort_key="name"),
        WordsColumn("relation", label=gettext_lazy("Relation"), words=RELATIONS),
        WordsColumn("state", label=gettext_lazy("State"), words=GUARDIAN_STATES, sort_key="state"),
        DateColumn("expires_on", label=gettext_lazy("Counts until"), sort_key="expires_on"),
    ]  # fmt: skip

    def get_page_title(self) -> str:
        return _("Guardians")


class CheckForm(forms.Form):
    """How somebody of the team made sure."""

    how = forms.ChoiceField(
        label=gettext_lazy("How did you make sure that she is who she says, and agrees?"),
        choices=list(CHECKS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you made sure.")},
    )


class GuardianPage(Detail):
    """One guardian of a minor. How to reach her is for whoever may check her; the rest for whoever reads the minor."""

    rule = readable_guardianships
    related = ("person",)
    template_name = "office/guardian.html"
    header_icon = "user"

    def get_page_title(self) -> str:
        return _("Guardian of %(name)s") % {"name": self.object.person.name}

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_person", args=[self.object.person_id]), "label": self.object.person.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_check = checkable_guardianships.allows(self.viewer, self.object)
        steps = self.object.steps.select_related("by")
        return super().get_context_data(
            **{
                "form": CheckForm(),
                "may_check": may_check and self.object.state in STANDING,
                "reaches_her": may_check,
                "expired": self.object.state == State.CHECKED and not self.object.counts_on(clock.now().date()),
                "state": GUARDIAN_STATES[self.object.state],
                "relation": RELATIONS[self.object.relation],
                "steps": [(GUARDIAN_STATES[each.state], CHECKS.get(each.check_made, ""), each) for each in steps],
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Write down that she was checked, or ask again how."""
        form = CheckForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))

        def act() -> str:
            check_guardian(guardianship=self.object, how=form.cleaned_data["how"], by=self.viewer)
            return _("It is written down. What waited for %(name)s goes on in a moment.") % {
                "name": self.object.person.name
            }

        return carry_out(request, act, back=reverse("office_guardian", args=[pk]))


@require_POST
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """She said no, or is not who she should be."""
    viewer = viewer_of(request)
    guardianship = found(readable_guardianships, viewer, pk, "person")

    def act() -> str:
        refuse_guardian(guardianship=guardianship, by=viewer)
        return _("It is written down, and how to reach her was erased. %(name)s may name somebody else.") % {
            "name": guardianship.person.name
        }

    return carry_out(request, act, back=reverse("office_guardian", args=[pk]))


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """She takes her yes back."""
    viewer = viewer_of(request)
    guardianship = found(readable_guardianships, viewer, pk, "person")

    def act() -> str:
        withdraw_guardian(guardianship=guardianship, by=viewer)
        return _("It is written down. Applications without a place wait again; what %(name)s has begun goes on.") % {
            "name": guardianship.person.name
        }

    return carry_out(request, act, back=reverse("office_guardian", args=[pk]))
