"""Second looks: the queue of those who ask for one, and one of them with what was judged, to be answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import Appeal, answer_appeal, readable_appeals
from trenza.portals.office.choices import CallFilter, edition_filter, region_filter, words_filter
from trenza.portals.office.columns import DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.detail import Detail, carry_out
from trenza.portals.office.listing import Listing
from trenza.portals.office.words import APPEAL_STATES, APPLICATION_STATES

LONGEST_REASON = 1_000


def state_of(appeal: Appeal) -> str:
    """A key of APPEAL_STATES."""
    if appeal.answered_at is None:
        return "open"
    return "upheld" if appeal.upheld else "rejected"


def in_state(appeals: QuerySet[Appeal], state: str) -> QuerySet[Appeal]:
    """Those of which `state_of` says so."""
    if state == "open":
        return appeals.filter(answered_at=None)
    return appeals.filter(upheld=state == "upheld")


class AppealFilters(WagtailFilterSet):
    state = words_filter(gettext_lazy("State"), APPEAL_STATES, method="by_state")
    call = CallFilter(label=gettext_lazy("Call"), field_name="application__call")
    edition = edition_filter("application__call__edition")
    region = region_filter("application__region")

    class Meta:
        model = Appeal
        fields: list[str] = []

    def by_state(self, appeals: QuerySet[Appeal], name: str, value: str) -> QuerySet[Appeal]:
        return in_state(appeals, value)


class Appeals(Listing):
    """Who asks for a second look, within what the viewer may decide; the first that came first."""

    code = "appeals"
    rule = readable_appeals
    related = ("application__person", "application__call__programme", "application__region")
    shared = ("application__call__programme", "application__region")
    synthetic = "application__person__synthetic"
    person = "application__person"
    nothing = gettext_lazy("Nobody in your scope asks for a second look.")
    filterset_class = AppealFilters
    index_url_name = "office_appeals"
    index_results_url_name = "office_appeals_results"
    header_icon = "help"
    default_ordering = "made_at"
    export_filename = "revisiones"
    columns = [
        LinkColumn(
            "name", label=gettext_lazy("Name"), accessor="application.person.name", url_name="office_appeal",
        ),
        Column("call", label=gettext_lazy("Call"), accessor="application.call.name"),
        Column("region", label=gettext_lazy("Region"), accessor="application.region.name"),
        DayColumn(
            "made_at", label=pgettext_lazy("appeal", "Asked"), zone=lambda row: row.application.call.zone,
            sort_key="made_at",
        ),
        WordsColumn("state", label=gettext_lazy("State"), words=APPEAL_STATES, accessor=state_of),
    ]  # fmt: skip

    def get_page_title(self) -> str:
        return _("Second looks")


class AnswerForm(forms.Form):
    """Yes or no, which conditions count as met, and why."""

    upheld = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[
            ("yes", gettext_lazy("She is right: these conditions count as met")),
            ("no", gettext_lazy("It stays as it was")),
        ],
        widget=forms.RadioSelect,
    )
    rules = forms.MultipleChoiceField(
        label=gettext_lazy("Conditions that count as met"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("She reads it: write it to her, in plain words."),
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unmet = appeal.application.outcomes.filter(met=False).order_by("position")
        self.fields["rules"].choices = list(unmet.values_list("rule", "sentence"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("upheld") == "yes" and not cleaned.get("rules"):
            self.add_error("rules", _("Choose at least one, or say that it stays as it was."))
        return cleaned


class AppealPage(Detail):
    """What she wrote, and what was judged; answered here, once."""

    rule = readable_appeals
    related = ("application__person", "application__call__programme", "answered_by")
    template_name = "office/appeal.html"
    header_icon = "help"

    def get_page_title(self) -> str:
        return _("Second look: %(name)s") % {"name": self.object.application.person.name}

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_appeals"), "label": _("Second looks")}

    def is_synthetic(self) -> bool:
        return bool(self.object.application.person.synthetic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        appeal: Appeal = self.object
        zone = appeal.application.call.zone
        is_open = appeal.answered_at is None
        return super().get_context_data(
            **{
                "made": date_format(localtime(appeal.made_at, zone), "SHORT_DATETIME_FORMAT"),
                "answered": date_format(localtime(appeal.answered_at, zone), "SHORT_DATETIME_FORMAT")
                if appeal.answered_at
                else "",
                "state": APPEAL_STATES[state_of(appeal)],
                "application_state": APPLICATION_STATES[appeal.application.state],
                "outcomes": appeal.application.outcomes.order_by("position"),
                "form": AnswerForm(appeal=appeal) if is_open else None,
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer it, or say what is wrong."""
        form = AnswerForm(request.POST, appeal=self.object)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        said = form.cleaned_data

        def act() -> str:
            upheld = said["upheld"] == "yes"
            answer_appeal(
                appeal=self.object,
                upheld=upheld,
                reason=said["reason"],
                rules_met=said["rules"] if upheld else (),
                by=self.viewer,
            )
            return _("Answered. She reads it on the page of her application.")

        return carry_out(request, act, back=reverse("office_appeal", args=[pk]))
