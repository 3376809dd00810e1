"""What trainers ask the team: the list, one question with its answers, and answering it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.accompaniment.api import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Category,
    Inquiry,
    answer_inquiry,
    answerable_inquiries,
    answered_at,
    readable_inquiries,
    replies_of,
    with_answer,
)
from trenza.apps.places.api import read_centre
from trenza.portals.office.choices import edition_filter, words_filter
from trenza.portals.office.columns import DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.detail import Detail, carry_out
from trenza.portals.office.listing import Listing
from trenza.portals.office.words import Words

CATEGORIES: Mapping[str, Words] = dict(Category.choices)
INQUIRY_STATES: Mapping[str, Words] = {
    "waiting": pgettext_lazy("inquiry", "Waits for an answer"),
    "answered": pgettext_lazy("inquiry", "Answered"),
}


class InquiryFilters(WagtailFilterSet):
    state = words_filter(gettext_lazy("State"), INQUIRY_STATES, method="in_state")
    category = words_filter(gettext_lazy("What it is about"), CATEGORIES)
    edition = edition_filter()

    class Meta:
        model = Inquiry
        fields: list[str] = []

    def in_state(self, inquiries: QuerySet[Inquiry], name: str, value: str) -> QuerySet[Inquiry]:
        """Those that wait, or those that have an answer."""
        return inquiries.filter(with_answer) if value == "answered" else inquiries.exclude(with_answer)


class Inquiries(Listing):
    """What trainers within the viewer's scope asked, the newest first. The words themselves are on each one's page."""

    code = "inquiries"
    rule = readable_inquiries
    related = ("asked_by", "edition__programme")
    shared = ("edition__programme",)
    synthetic = "asked_by__synthetic"
    person = "asked_by"
    nothing = gettext_lazy("No trainer in your scope has asked anything yet.")
    search_hint = gettext_lazy("Search by who asked")
    filterset_class = InquiryFilters
    index_url_name = "office_inquiries"
    index_results_url_name = "office_inquiries_results"
    header_icon = "help"
    default_ordering = "-asked_at"
    export_filename = "consultas"
    columns = [
        LinkColumn(
            "category", label=gettext_lazy("What it is about"), url_name="office_inquiry",
            accessor=lambda row: str(CATEGORIES.get(row.category, "")),
        ),
        Column("asked_by", label=gettext_lazy("Who asked"), accessor="asked_by.name"),
        Column("edition", label=gettext_lazy("Edition"), accessor=lambda row: _called(row.edition)),
        DayColumn("asked_at", label=pgettext_lazy("inquiry", "Asked"), sort_key="asked_at"),
        WordsColumn(
            "state", label=gettext_lazy("State"), words=INQUIRY_STATES,
            accessor=lambda row: "answered" if row.answered_at else "waiting",
        ),
        DayColumn("answered_at", label=pgettext_lazy("inquiry", "Last answer")),
    ]  # fmt: skip

    def get_page_title(self) -> str:
        return _("Questions of trainers")

    def prepare(self, rows: Sequence[Any]) -> None:
        """When each was answered last. One query."""
        answered = answered_at([row.pk for row in rows])
        for row in rows:
            row.answered_at = answered.get(row.pk)


class ReplyForm(forms.Form):
    """The answer, and the sentence under which other trainers may find it."""

    text = forms.CharField(label=gettext_lazy("Answer"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 6}))
    findable_as = forms.CharField(
        label=gettext_lazy("The question in one sentence, if other trainers may find the answer"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy(
            "Without names or numbers of anybody, here and in the answer: every trainer reads both. Leave it empty if "
            "the answer is for her alone."
        ),
    )


class InquiryPage(Detail):
    """One question, with every answer; whoever may answer it does so here, also once more."""

    rule = readable_inquiries
    related = ("asked_by", "edition__programme", "session")
    template_name = "office/inquiry.html"
    header_icon = "help"

    def get_page_title(self) -> str:
        return _("Question of %(name)s") % {"name": self.object.asked_by.name}

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_inquiries"), "label": _("Questions of trainers")}

    def is_synthetic(self) -> bool:
        return bool(self.object.asked_by.synthetic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        inquiry: Inquiry = self.object
        centre = read_centre.which(self.viewer).filter(pk=inquiry.centre).first() if inquiry.centre else None
        return super().get_context_data(
            **{
                "category": CATEGORIES.get(inquiry.category, ""),
                "edition": _called(inquiry.edition),
                "centre": centre,
                "replies": replies_of(inquiry),
                "may_answer": answerable_inquiries.allows(self.viewer, inquiry),
                "form": ReplyForm(),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Answer it, or say what is wrong."""
        form = ReplyForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))

        def act() -> str:
            answer_inquiry(inquiry=self.object, by=self.viewer, **form.cleaned_data)
            return _("Answered. She sees it on her page.")

        return carry_out(request, act, back=reverse("office_inquiry", args=[pk]))


def _called(edition: Any) -> str:
    return f"{edition.programme.name} · {edition.name}"
