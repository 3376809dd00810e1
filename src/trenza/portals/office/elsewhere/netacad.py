"""The exchange with a platform elsewhere: who is to be enrolled there, out; its gradebook, in."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from trenza.apps.credentials.api import NewGradebook, editions_to_exchange, gradebooks, keep_gradebook
from trenza.apps.people.api import Account, Person, read_person, record_export
from trenza.apps.programmes.api import Edition, Enrolment, ExternalCourse, RequirementMet, enrolments_to_coordinate
from trenza.portals.field.sheets import Bounds, SheetRefused, read_table
from trenza.portals.office.access import viewer_of
from trenza.portals.office.elsewhere.grade_cells import KNOWS, GradeReader
from trenza.portals.office.roles import OfficePage
from trenza.portals.office.spreadsheets import csv_lines

BOUNDS: Final = Bounds(rows=20_000, columns=250)
SHOWN: Final = 100
COLUMNS: Final = ("First Name", "Last Name", "Email")
"""As Cisco Networking Academy's bulk enrolment names them: for its program, so in no language of ours."""
_AT_ONCE: Final = 2_000


def pairs_of(viewer: Person) -> list[tuple[Edition, ExternalCourse]]:
    """Every edition that she may exchange for, with each course elsewhere that counts in a track of it."""
    editions = editions_to_exchange.which(viewer).filter(retired_at=None).select_related("programme")
    found = []
    for edition in editions.order_by("-starts_on", "pk"):
        courses = ExternalCourse.objects.current().filter(
            module__track__in=edition.tracks.values("pk"), module__retired_at=None
        )
        found += [
            (edition, each) for each in courses.select_related("module__track").order_by("module__position", "pk")
        ]
    return found


def find_pair(viewer: Person, key: str) -> tuple[Edition, ExternalCourse] | None:
    """The edition and the course that a key names, where she may exchange for it."""
    return next((pair for pair in pairs_of(viewer) if key_of(pair) == key), None)


def key_of(pair: tuple[Edition, ExternalCourse]) -> str:
    """What names it in an address."""
    return f"{pair[0].pk.hex}-{pair[1].pk.hex}"


def title_of(pair: tuple[Edition, ExternalCourse]) -> str:
    """What it is called."""
    edition, course = pair
    return f"{edition.programme.name} · {edition.name} · {course.title} → {course.module.name}"


def to_enrol(viewer: Person, pair: tuple[Edition, ExternalCourse]) -> QuerySet[Enrolment]:
    """Who studies in it within her scope and has not met the module, by name."""
    edition, course = pair
    met = RequirementMet.objects.filter(enrolment=OuterRef("pk"), module=course.module_id)
    here = enrolments_to_coordinate.which(viewer).filter(edition=edition, track=course.module.track_id)
    running = here.filter(state__in=[Enrolment.State.ACTIVE, Enrolment.State.PAUSED])
    return running.filter(~Exists(met)).select_related("person").order_by("person__search_text", "pk")


def _address() -> Any:
    return Account.objects.filter(person=OuterRef("person"), is_active=True).exclude(email=None).exclude(email="")


class GradebookForm(forms.Form):
    """What the gradebook is of, and the file."""

    pair = forms.ChoiceField(label=gettext_lazy("Edition and course"))
    file = forms.FileField(
        label=gettext_lazy("The gradebook"),
        max_length=200,
        help_text=gettext_lazy("A file .csv or .xlsx, of up to 5 MB and 20,000 rows."),
        widget=forms.FileInput({"accept": ".csv,.xlsx,.txt"}),
    )

    def __init__(self, pairs: Sequence[tuple[Edition, ExternalCourse]], *args: Any) -> None:
        super().__init__(*args)
        field = self.fields["pair"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key_of(each), title_of(each)) for each in pairs]


class ExchangePage(OfficePage):
    """Choose what to exchange for: download who is to be enrolled, upload a gradebook."""

    template_name = "office/elsewhere/exchange.html"
    header_icon = "download"

    def get_page_title(self) -> str:
        return _("Exchange with NetAcad")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(self.request)
        pairs = pairs_of(viewer)
        earlier = gradebooks.which(viewer).select_related("edition__programme", "course__module", "by")
        return super().get_context_data(
            **{
                "form": GradebookForm(pairs),
                "pairs": [(key_of(each), title_of(each)) for each in pairs],
                "earlier": earlier.order_by("-uploaded_at")[:20],
                **kwargs,
            }
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read the gradebook and keep what it says, to be looked at."""
        viewer = viewer_of(request)
        pairs = pairs_of(viewer)
        form = GradebookForm(pairs, request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        edition, course = next(each for each in pairs if key_of(each) == form.cleaned_data["pair"])
        missing = _(
            "The first rows name no column that we know. It needs an e-mail address, and a score or a completion."
        )
        try:
            table = read_table(form.cleaned_data["file"], knows=KNOWS, missing=missing, bounds=BOUNDS)
        except SheetRefused as refused:
            form.add_error("file", str(refused))
            return self.render_to_response(self.get_context_data(form=form))
        reader = GradeReader(table)
        if lacks := reader.missing():
            form.add_error("file", lacks)
            return self.render_to_response(self.get_context_data(form=form))
        read = _("These columns were read: %(columns)s.") % {"columns": ", ".join(reader.told())[:400]}
        new = NewGradebook(
            edition=edition, course=course, file_name=form.cleaned_data["file"].name or "", rows=reader.rows(),
            notes=[read, *table.notes, *reader.notes],
        )  # fmt: skip
        return redirect("office_gradebook", pk=keep_gradebook(new=new, by=viewer).pk)


class EnrolPage(OfficePage):
    """Who is to be enrolled there: how many, and who has no address to be enrolled with."""

    template_name = "office/elsewhere/enrol.html"
    header_icon = "download"

    def get_page_title(self) -> str:
        return _("Enrol them there")

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("office_netacad"), "label": _("Exchange with NetAcad")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(self.request)
        pair = find_pair(viewer, self.kwargs["pair"])
        if pair is None:
            raise Http404
        rows = to_enrol(viewer, pair)
        without = rows.filter(~Exists(_address()))
        reads = set(
            read_person.which(viewer).filter(pk__in=without.values("person")[:SHOWN]).values_list("pk", flat=True)
        )
        return super().get_context_data(
            key=key_of(pair),
            title=title_of(pair),
            count=rows.filter(Exists(_address())).count(),
            without=[(each, each.person_id in reads) for each in without[:SHOWN]],
            without_count=without.count(),
            most=SHOWN,
            columns=", ".join(COLUMNS),
            **kwargs,
        )


@require_safe
def enrolment_csv(request: HttpRequest, pair: str) -> HttpResponseBase:
    """Those with an address, as the platform takes them. It is written down that somebody took the list away."""
    viewer = viewer_of(request)
    chosen = find_pair(viewer, pair)
    if chosen is None:
        raise Http404
    rows = to_enrol(viewer, chosen).filter(Exists(_address()))
    record_export(list="netacad", format="csv", rows=rows.order_by().count(), by=viewer)
    # No mark in front: a program reads it, and would take the mark for a part of the first column's name.
    answer = StreamingHttpResponse(csv_lines(COLUMNS, _lines(rows), mark=b""), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="netacad-{chosen[1].code}.csv"'
    return answer


def _lines(rows: QuerySet[Enrolment]) -> Iterator[Sequence[str]]:
    portion: list[Enrolment] = []
    for row in rows.iterator(chunk_size=_AT_ONCE):
        portion.append(row)
        if len(portion) == _AT_ONCE:
            yield from _portion(portion)
            portion = []
    yield from _portion(portion)


def _portion(rows: Sequence[Enrolment]) -> Iterator[Sequence[str]]:
    emails: dict[UUID, str] = {}
    accounts = Account.objects.filter(person__in=[row.person_id for row in rows], is_active=True)
    for person, email in accounts.order_by("created_at", "id").values_list("person", "email"):
        if email:
            emails.setdefault(person, email)
    for row in rows:
        if row.person_id in emails:
            yield row.person.given_name, row.person.family_name, emails[row.person_id]
