"""One gradebook: what would come of it, what did, and the rows that wait for a person."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trenza.apps.credentials.api import (
    GRADES_WAITING,
    Gradebook,
    GradebookRow,
    confirm_gradebook,
    discard_gradebook,
    dismiss_grade_row,
    grade_rows,
    gradebooks,
    link_grade_row,
)
from trenza.apps.people.api import Permission
from trenza.apps.programmes.api import Enrolment, enrolments_to_coordinate
from trenza.portals.office.access import may, viewer_of
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.elsewhere.words import ROW_STATES
from trenza.portals.office.searching import by_person

SHOWN: Final = 50
FOUND: Final = 20
State = GradebookRow.State
ORDER: Final = (
    State.READY, State.DONE, State.UNMATCHED, State.OUTSIDE, State.ODD, State.TWICE, State.KNOWN, State.NOT_PASSED,
    State.MET, State.DISMISSED,
)  # fmt: skip


class GradebookPage(Detail):
    """One gradebook."""

    rule = gradebooks
    related = ("edition__programme", "course__module__track", "by")
    template_name = "office/elsewhere/gradebook.html"
    header_icon = "download"

    def get_page_title(self) -> str:
        return _("A gradebook")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_netacad"), "label": _("Exchange with NetAcad")}

    def is_synthetic(self) -> bool:
        return bool(self.object.edition.demonstration)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept: Gradebook = self.object
        count = dict(kept.rows.order_by().values_list("state").annotate(n=Count("pk")))
        rows = kept.rows.select_related("enrolment__person")
        sections = [
            (state, ROW_STATES[state], count[state], list(rows.filter(state=state)[:SHOWN]))
            for state in ORDER
            if count.get(state)
        ]
        waits = sum(count.get(state, 0) for state in GRADES_WAITING)
        return super().get_context_data(
            sections=sections,
            ready=count.get(State.READY, 0),
            done=count.get(State.DONE, 0),
            waits=waits,
            may_apply=not kept.confirmed_at and (count.get(State.READY, 0) or waits),
            waiting_states=GRADES_WAITING,
            most=SHOWN,
            **kwargs,
        )


@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Apply it."""
    viewer = viewer_of(request)
    kept = found(gradebooks, viewer, pk)

    def act() -> str:
        confirm_gradebook(gradebook=kept, by=viewer)
        return _("It is being applied. Look at this page again in a minute.")

    return carry_out(request, act, back=reverse("office_gradebook", args=[pk]))


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget it."""
    viewer = viewer_of(request)
    kept = found(gradebooks, viewer, pk)
    waits = kept.confirmed_at is not None

    def act() -> str:
        discard_gradebook(gradebook=kept, by=viewer)
        return _("The gradebook was deleted.")

    back = reverse("office_gradebook", args=[pk]) if waits else reverse("office_netacad")
    return carry_out(request, act, back=back)


class DismissForm(forms.Form):
    """Why a row is nobody's here."""

    reason = forms.CharField(label=gettext_lazy("Why"), min_length=4, max_length=500)


class RowPage(Detail):
    """A row that waits: what it says, a search for whose it is, or why it is nobody's."""

    rule = grade_rows
    related = ("gradebook__edition__programme", "gradebook__course__module__track", "enrolment__person", "decided_by")
    template_name = "office/elsewhere/row.html"
    header_icon = "download"

    def get_page_title(self) -> str:
        return _("Row %(number)s of the gradebook") % {"number": self.object.number}

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_gradebook", args=[self.object.gradebook_id]), "label": _("A gradebook")}

    def is_synthetic(self) -> bool:
        return bool(self.object.gradebook.edition.demonstration)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row: GradebookRow = self.object
        query = self.request.GET.get("q", row.details.get("name", ""))[:100]
        waits = row.state in GRADES_WAITING and row.gradebook.confirmed_at is not None
        return super().get_context_data(
            **{
                "state": ROW_STATES[row.state],
                "waits": waits,
                "query": query,
                "candidates": self._candidates(query) if waits and query.strip() else [],
                "most": FOUND,
                "form": DismissForm(),
                **kwargs,
            }
        )

    def _candidates(self, query: str) -> list[Enrolment]:
        of: Gradebook = self.object.gradebook
        hers = enrolments_to_coordinate.which(self.viewer).filter(
            edition=of.edition_id, track=of.course.module.track_id
        )
        reads = may(self.request, Permission.PERSON_READ)
        named = hers.filter(by_person(self.viewer, query, reads_contacts=reads))
        return list(named.select_related("person", "region").order_by("person__search_text", "pk")[:FOUND])

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Set it aside, with the reason."""
        form = DismissForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))

        def act() -> str:
            dismiss_grade_row(row=self.object, reason=form.cleaned_data["reason"], by=self.viewer)
            return _("The row was set aside.")

        return carry_out(request, act, back=reverse("office_gradebook", args=[self.object.gradebook_id]))


@require_POST
def link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whose row it is."""
    viewer = viewer_of(request)
    row = found(grade_rows, viewer, pk)
    try:
        key = UUID(request.POST.get("enrolment", ""))
    except ValueError as error:
        raise Http404 from error
    enrolment = get_object_or_404(enrolments_to_coordinate.which(viewer).select_related("person"), pk=key)

    def act() -> str:
        link_grade_row(row=row, enrolment=enrolment, by=viewer)
        return _("The row is of %(name)s: her module is met.") % {"name": enrolment.person.name}

    return carry_out(request, act, back=reverse("office_gradebook", args=[row.gradebook_id]))
