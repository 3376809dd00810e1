"""Bringing in a list of people: a template, an upload that is looked at, and what came of it once it was confirmed."""

import io
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import xlsxwriter
from django import forms
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trenza.apps.admissions.api import Call, importable_calls, may_bring_into
from trenza.apps.people.api import (
    ImportRow,
    NewImport,
    PeopleImport,
    Permission,
    Person,
    confirm_import,
    discard_import,
    keep_import,
    own_imports,
    reach_of,
)
from trenza.apps.programmes.api import Region, Track
from trenza.core import clock
from trenza.portals.field.sheets import SheetRefused, read_table
from trenza.portals.office.access import viewer_of
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.people_rows import Reader, known_names, titles
from trenza.portals.office.roles import OfficePage
from trenza.portals.office.spreadsheets import safe
from trenza.portals.office.words import REASONS

SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = ImportRow.State


class WithinProgramme(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A call or a region by its programme and name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.programme.name} · {obj.name}"


class UploadForm(forms.Form):
    """A file, and where its people are to go: within the viewer's scope, so that she sees them afterwards."""

    call = WithinProgramme(
        Call.objects.none(), label=gettext_lazy("To which call"), required=False,
        empty_label=gettext_lazy("None: only register them"),
    )  # fmt: skip
    region = WithinProgramme(
        Region.objects.none(), label=gettext_lazy("In which region"), required=False, empty_label=gettext_lazy("None")
    )
    file = forms.FileField(
        label=gettext_lazy("The file"),
        max_length=200,
        help_text=gettext_lazy("A workbook .xlsx or a file .csv, of up to 5 MB and 5,000 people."),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.must_choose = not reach_of(viewer, Permission.PERSON_READ).everything
        if self.must_choose:
            self.fields["call"].empty_label = _("Choose a call")  # type: ignore[attr-defined]  # ours
        calls = open_calls(viewer)
        self.fields["call"].queryset = calls.select_related("programme", "form")  # type: ignore[attr-defined]  # ours
        regions = Region.objects.filter(calls__in=calls, retired_at=None).select_related("programme").distinct()
        self.fields["region"].queryset = regions.order_by(  # type: ignore[attr-defined]  # ours
            "programme__name", "position"
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        call, region = given.get("call"), given.get("region")
        if self.errors:
            return given
        if call is None:
            if self.must_choose:
                self.add_error("call", _("Choose a call: otherwise you could not see the people afterwards."))
            given["region"] = None
        elif region is None and call.regions.exists():
            self.add_error("region", _("Choose a region of this call."))
        elif region is not None and not call.regions.filter(pk=region.pk).exists():
            self.add_error("region", _("The call does not run in this region. Choose another one."))
        elif not may_bring_into(self.viewer, call, region):
            self.add_error("region", _("This region is not within your scope. Choose another one."))
        return given


def _missing() -> str:
    return _(
        "No visible sheet has the names of the columns in its first rows. Use the template: it has “Nombre”, "
        "“Apellidos”, “Correo electrónico” and others."
    )


def open_calls(viewer: Person) -> Any:
    """The calls into which she may bring people today."""
    return (
        importable_calls.which(viewer)
        .filter(pk__in=Call.objects.taking_brought_at(clock.now()).values("pk"))
        .order_by("name")
    )


class ImportPage(OfficePage):
    """Upload a list; nobody is registered by that."""

    template_name = "office/import_new.html"
    header_icon = "group"

    def get_page_title(self) -> str:
        return _("Bring in a list of people")

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("office_persons"), "label": _("People")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(self.request)
        if "form" not in kwargs:
            kwargs["form"] = UploadForm(viewer)
        earlier = own_imports.which(viewer).order_by("-uploaded_at")[:10]
        return super().get_context_data(earlier=earlier, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read the file and keep what it says, to be looked at."""
        viewer = viewer_of(request)
        form = UploadForm(viewer, request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        call, region = form.cleaned_data["call"], form.cleaned_data["region"]
        questionnaire, tracks = questionnaire_of(call), tracks_of(call)
        try:
            names = list(known_names(questionnaire, tracks))
            table = read_table(form.cleaned_data["file"], knows=names, missing=_missing())
        except SheetRefused as refused:
            form.add_error("file", str(refused))
            return self.render_to_response(self.get_context_data(form=form))
        reader = Reader(table, viewer, questionnaire, region, tracks)
        if missing := reader.missing():
            words = _("These columns are missing: %(columns)s. Take them from the template.")
            form.add_error("file", words % {"columns": ", ".join(missing)})
            return self.render_to_response(self.get_context_data(form=form))
        new = NewImport(
            file_name=form.cleaned_data["file"].name or "",
            rows=reader.rows(),
            notes=[*table.notes, *reader.notes],
            call=call.pk if call else None,
            region=region.pk if region else None,
        )
        return redirect("office_import", pk=keep_import(new=new, by=viewer).pk)


def questionnaire_of(call: Call | None) -> Any:
    """What the call asks of who applies; None where it asks nothing."""
    return call.form.questionnaire if call and call.is_selected and call.form else None


def tracks_of(call: Call | None) -> list[Track]:
    """Those among which who applies to the call wishes; none where there is one track."""
    return call.tracks_offered if call and call.has_several_tracks else []


class ImportedPage(Detail):
    """One list: what would happen, or what did."""

    rule = own_imports
    template_name = "office/import.html"
    header_icon = "group"

    def get_page_title(self) -> str:
        return _("A list of people")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_import_new"), "label": _("Bring in a list of people")}

    def is_synthetic(self) -> bool:
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept: PeopleImport = self.object
        count = dict(kept.rows.order_by().values_list("state").annotate(n=Count("pk")))
        call = Call.objects.select_related("programme").filter(pk=kept.call).first() if kept.call else None
        return super().get_context_data(
            call=call,
            region=Region.objects.filter(pk=kept.region).first() if kept.region else None,
            ready=count.get(State.READY, 0),
            known=kept.rows.filter(state=State.READY, registered=True).count(),
            problem=count.get(State.PROBLEM, 0),
            done=count.get(State.DONE, 0) + count.get(State.KNOWN, 0),
            not_done=count.get(State.PROBLEM, 0) + count.get(State.REFUSED, 0),
            problems=list(kept.rows.filter(state=State.PROBLEM)[:SHOWN]),
            sample=list(kept.rows.filter(state=State.READY)[:SHOWN]) if not kept.confirmed_at else [],
            refused=[(row, reason(row)) for row in kept.rows.filter(state=State.REFUSED)[:SHOWN]],
            most=SHOWN,
            **kwargs,
        )


def reason(row: ImportRow) -> str:
    """Why a row was not brought in."""
    return " ".join(row.problems) if row.problems else str(REASONS.get(row.reason, REASONS[""]))


@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring them in."""
    viewer = viewer_of(request)
    kept = found(own_imports, viewer, pk)

    def act() -> str:
        confirm_import(people_import=kept, consent_said=request.POST.get("consent") == "yes", by=viewer)
        return _("They are being brought in. Look at this page again in a minute.")

    return carry_out(request, act, back=reverse("office_import", args=[pk]))


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget it."""
    viewer = viewer_of(request)
    kept = found(own_imports, viewer, pk)

    def act() -> str:
        discard_import(people_import=kept, by=viewer)
        return _("The list was deleted.")

    return carry_out(request, act, back=reverse("office_import_new"))


def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, with a sheet that explains it; for one call, with its questions."""
    viewer = viewer_of(request)
    call = None
    if key := request.GET.get("convocatoria"):
        try:
            call = importable_calls.which(viewer).select_related("form").filter(pk=UUID(key)).first()
        except ValueError as error:
            raise Http404 from error
        if call is None:
            raise Http404
    columns = titles(questionnaire_of(call), tracks_of(call))
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        strong, text = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "@"})
        people = book.add_worksheet(_("People")[:31])
        people.set_column(0, len(columns) - 1, 24, text)
        people.freeze_panes(1, 0)
        explained = book.add_worksheet(_("How to fill it in")[:31])
        explained.set_column(0, 0, 40)
        explained.set_column(1, 1, 14)
        explained.set_column(2, 2, 80)
        explained.write_row(0, 0, [_("The column"), _("Needed"), _("What to write in it")], strong)
        for index, (title, required, help_text) in enumerate(columns):
            people.write_string(0, index, title, strong)
            row = [safe(title), _("Yes") if required else _("No"), safe(help_text)]
            for column, value in enumerate(row):
                explained.write_string(index + 1, column, value)
    return spreadsheet(content.getvalue(), "plantilla-personas")


def refused(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows that were not brought in, with their reason, to be mended and uploaded again."""
    kept = found(own_imports, viewer_of(request), pk)
    columns = ("given_name", "family_name", "email", "phone", "birth_date", "sex", "country")
    labels = [title for title, _required, _help in titles(None)]
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("People")[:31])
        write_row(sheet, 0, [*labels, _("Row"), _("Why not")])
        for index, row in enumerate(kept.rows.filter(state__in=[State.PROBLEM, State.REFUSED]), 1):
            values = [str(row.details.get(column, "")) for column in columns]
            write_row(sheet, index, [*values, str(row.number), reason(row)])
    return spreadsheet(content.getvalue(), "filas-rechazadas")


def write_row(sheet: Any, number: int, values: Sequence[str]) -> None:
    """Text only, whatever it looks like."""
    for column, value in enumerate(values):
        sheet.write_string(number, column, safe(value))


def spreadsheet(content: bytes, name: str) -> HttpResponse:
    """A workbook to keep."""
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    )
