"""Certificates from elsewhere: what waits for a person, one of them, the decision, and one handed in for her."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.credentials.api import (
    MOST_EXTERNAL_BYTES,
    ExternalCredential,
    FileRefused,
    add_external,
    confirm_external,
    courses_elsewhere,
    enrolments_to_add_to,
    external_file,
    externals_to_decide,
    file_is_also_of,
    finding_from,
    readable_externals,
    refuse_external,
)
from trenza.apps.people.api import read_person
from trenza.apps.programmes.api import ExternalCourse, visible_enrolments
from trenza.core.errors import DomainError, NotAllowed
from trenza.portals.field.opaque import as_attachment
from trenza.portals.office.access import viewer_of
from trenza.portals.office.choices import days_filter, edition_filter, region_filter, words_filter
from trenza.portals.office.columns import DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.elsewhere.words import EXTERNAL_STATES, FILES_REFUSED, KINDS, said_of
from trenza.portals.office.listing import Listing
from trenza.portals.office.words import refusal

RELATED: Final = ("person", "course__module", "enrolment__edition__programme", "enrolment__region", "enrolment__track")


class ExternalFilters(WagtailFilterSet):
    state = words_filter(gettext_lazy("State"), EXTERNAL_STATES)
    edition = edition_filter("enrolment__edition")
    region = region_filter("enrolment__region")
    added_at = days_filter(gettext_lazy("Handed in"))

    class Meta:
        model = ExternalCredential
        fields: list[str] = []


class Externals(Listing):
    """What was handed in within the viewer's scope; the newest first."""

    code = "externals"
    rule = readable_externals
    related = RELATED
    shared = ("course__module", "enrolment__edition__programme", "enrolment__region", "enrolment__track")
    nothing = gettext_lazy("No certificate of another place has been handed in within your scope yet.")
    filterset_class = ExternalFilters
    index_url_name = "office_externals"
    index_results_url_name = "office_externals_results"
    header_icon = "upload"
    default_ordering = "-added_at"
    export_filename = "certificados-de-otros-lugares"
    columns = [
        LinkColumn(
            "name", label=gettext_lazy("Name"), accessor="person.name", url_name="office_external",
            sort_key="person__search_text",
        ),
        Column("course", label=gettext_lazy("Course elsewhere"), accessor="course.title"),
        Column("programme", label=gettext_lazy("Programme"), accessor="enrolment.edition.programme.name"),
        Column("region", label=gettext_lazy("Region"), accessor="enrolment.region.name"),
        WordsColumn("state", label=gettext_lazy("State"), words=EXTERNAL_STATES),
        DayColumn("added_at", label=gettext_lazy("Handed in"), sort_key="added_at"),
    ]  # fmt: skip
    export_only = (DayColumn("decided_at", label=gettext_lazy("Decided")),)

    def get_page_title(self) -> str:
        return _("Certificates of other places")


class DecisionForm(forms.Form):
    """Whether it counts, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Does it count?"),
        choices=[
            ("confirm", gettext_lazy("It counts: her module is met")),
            ("refuse", gettext_lazy("It does not count")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        min_length=4,
        max_length=500,
        help_text=gettext_lazy("She reads it on her page. Write it as you would say it to her."),
        widget=forms.Textarea({"rows": 3}),
    )


class ExternalPage(Detail):
    """One of them: what it is, what was found in it, whose it is, and the decision where the viewer may take it."""

    rule = readable_externals
    related = (*RELATED, "added_by", "decided_by")
    template_name = "office/elsewhere/external.html"
    header_icon = "upload"

    def get_page_title(self) -> str:
        return _("%(course)s: %(name)s") % {"course": self.object.course.name, "name": self.object.person.name}

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_externals"), "label": _("Certificates of other places")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row: ExternalCredential = self.object
        waits = row.state == ExternalCredential.State.WAITING
        return super().get_context_data(
            **{
                "state": EXTERNAL_STATES[row.state],
                "kind": KINDS[row.kind],
                "said": list(said_of(finding_from(row.finding), others=file_is_also_of(row))),
                "reads_her": read_person.allows(self.viewer, row.person),
                "reads_enrolment": visible_enrolments.allows(self.viewer, row.enrolment),
                "may_decide": waits and externals_to_decide.allows(self.viewer, row),
                "is_own": row.person_id == self.viewer.pk,
                "form": DecisionForm(),
                **kwargs,
            }
        )


class DecidePage(ExternalPage):
    """Say whether it counts, and why."""

    rule = externals_to_decide

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Decide, or ask again for what is missing."""
        form = DecisionForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        act = confirm_external if form.cleaned_data["decision"] == "confirm" else refuse_external

        def decide() -> str:
            row = act(external=self.object, reason=form.cleaned_data["reason"], by=self.viewer)
            return str(EXTERNAL_STATES[row.state])

        return carry_out(request, decide, back=reverse("office_external", args=[pk]))


@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file, to keep: it is somebody else's, so it is never shown in the page."""
    row = found(readable_externals, viewer_of(request), pk)
    content = external_file(row.pk)
    if content is None:
        raise Http404
    return as_attachment(content, f"certificado-{row.pk.hex[-8:]}.{row.kind}")


class CourseChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A course elsewhere, with who gives it."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} → {obj.module.name}"


class AddForm(forms.Form):
    """Of which course it is, and the file."""

    course = CourseChoice(ExternalCourse.objects.none(), label=gettext_lazy("Of which course"), empty_label=None)
    file = forms.FileField(
        label=gettext_lazy("The file"),
        max_length=200,
        help_text=gettext_lazy("A PDF, a picture (JPEG or PNG) or a digital badge (JSON), of up to 5 MB."),
        widget=forms.FileInput({"accept": ".pdf,.png,.jpg,.jpeg,.json"}),
    )

    def __init__(self, courses: QuerySet[ExternalCourse], *args: Any) -> None:
        super().__init__(*args)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]  # ours

    def clean_file(self) -> Any:
        """Looked at before a byte of it is read."""
        given = self.cleaned_data["file"]
        if given.size > MOST_EXTERNAL_BYTES:
            raise forms.ValidationError(str(FILES_REFUSED["large"]))
        return given


class AddPage(Detail):
    """Hand one in for a woman whom the viewer accompanies."""

    rule = enrolments_to_add_to
    related = ("person", "edition__programme", "track")
    template_name = "office/elsewhere/add.html"
    header_icon = "upload"

    def get_page_title(self) -> str:
        return _("Hand in a certificate of another place")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_enrolment", args=[self.object.pk]), "label": self.object.person.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        courses = courses_elsewhere(self.object)
        return super().get_context_data(**{"form": AddForm(courses), "courses": courses, **kwargs})

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take it, or say why not."""
        form = AddForm(courses_elsewhere(self.object), request.POST, request.FILES)
        if form.is_valid():
            try:
                row = add_external(
                    enrolment=self.object, course=form.cleaned_data["course"], by=self.viewer,
                    content=form.cleaned_data["file"].read(),
                )  # fmt: skip
            except NotAllowed as error:
                raise Http404 from error
            except FileRefused as refused:
                form.add_error("file", str(FILES_REFUSED[refused.why]))
            except DomainError as error:
                form.add_error(None, str(refusal(error)))
            else:
                messages.success(request, str(EXTERNAL_STATES[row.state]))
                return redirect(
                    reverse("office_external", args=[row.pk])
                    if readable_externals.allows(self.viewer, row)
                    else reverse("office_enrolment", args=[pk])
                )
        return self.render_to_response(self.get_context_data(form=form))
