"""A coordinator lets a condition of one application count as met, with a reason that she reads, and takes it back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trenza.apps.admissions.api import (
    EligibilityOutcome,
    override_rule,
    readable_applications,
    undo_fulfilment,
    undoable_fulfilments,
)
from trenza.portals.office.access import viewer_of
from trenza.portals.office.detail import carry_out, found

LONGEST_REASON = 500


class OverrideForm(forms.Form):
    """Which condition, and why."""

    rule = forms.ChoiceField(label=gettext_lazy("Condition"))
    reason = forms.CharField(
        label=gettext_lazy("Why it counts as met"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("She reads it: write it to her, in plain words."),
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, unmet: Sequence[EligibilityOutcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [(each.rule, each.sentence) for each in unmet]  # type: ignore[attr-defined]


@require_POST
def override(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let it count as met."""
    viewer = viewer_of(request)
    application = found(readable_applications, viewer, pk, "person", "call")
    form = OverrideForm(request.POST, unmet=list(application.outcomes.filter(met=False)))
    back = reverse("office_application", args=[pk])
    if not form.is_valid():
        messages.error(request, _("Choose a condition and write a reason: she reads it. Nothing was changed."))
        return redirect(back)

    def act() -> str:
        override_rule(application=application, by=viewer, **form.cleaned_data)
        return _("It counts as met, and the application was judged again.")

    return carry_out(request, act, back=back)


@require_POST
def undo(request: HttpRequest, pk: UUID, fulfilment: UUID) -> HttpResponse:
    """Take it back: it is judged by her answers again."""
    viewer = viewer_of(request)
    made = found(undoable_fulfilments, viewer, fulfilment, "application")
    if made.application_id != pk:
        return redirect(reverse("office_application", args=[made.application_id]))

    def act() -> str:
        undo_fulfilment(fulfilment=made, by=viewer)
        return _("It was taken back, and the application was judged again.")

    return carry_out(request, act, back=reverse("office_application", args=[pk]))
