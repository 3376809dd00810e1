"""Courses: the list, and one course with its versions and the tracks that use it."""

from collections.abc import Iterable, Sequence
from typing import Any

import django_filters
from django.db.models import CharField, Count, DateTimeField, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.impact.api import MINIMUM
from trenza.apps.learning.api import (
    Course,
    CourseVersion,
    VersionFigures,
    changes_of,
    figures_of,
    readable_courses,
)
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, Module, visible_enrolments
from trenza.portals.office.columns import DayColumn, LinkColumn
from trenza.portals.office.detail import Detail
from trenza.portals.office.listing import Listing, languages

NO_FIGURES = VersionFigures(0, 0, 0, 0)


class CourseFilters(WagtailFilterSet):
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), choices=[("es", "español"), ("en", "English")], method="in_language"
    )
    optional = django_filters.BooleanFilter(label=gettext_lazy("Beside the programmes"))

    class Meta:
        model = Course
        fields: list[str] = []

    def in_language(self, courses: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The language of the newest version, regions of it too (es-419)."""
        return courses.filter(newest_language__startswith=value)


def uses(codes: Iterable[str]) -> dict[str, list[str]]:
    """The tracks of current definitions that ask for each of these courses, by name. One query."""
    modules = Module.objects.filter(course__in=set(codes), retired_at=None, track__retired_at=None)
    found: dict[str, list[str]] = {}
    rows = modules.order_by("track__programme__name", "track__position")
    for course, programme, track in rows.values_list("course", "track__programme__name", "track__name").distinct():
        found.setdefault(course, []).append(f"{programme} · {track}")
    return found


def changes_in_words(course: str, viewer: Person | None) -> list[tuple[Edition, str, str, str]]:
    """For each edition, the newest first: how many of the women whom the viewer may see did both tests, and
    what they had right before and after.

    Of fewer than ten neither is told. Four queries where the course has a test, and one more where somebody did it.
    """
    changes = {each.edition: each for each in changes_of(course, among=visible_enrolments.which(viewer), least=MINIMUM)}
    editions = Edition.objects.filter(pk__in=changes).select_related("programme").order_by("-starts_on", "code")
    few = _("fewer than %(n)s") % {"n": MINIMUM}
    found = []
    for edition in editions:
        one = changes[edition.pk]
        told = [few if one.women is None else str(one.women)]
        told += ["–" if share is None else f"{share * 100:.0f} %" for share in (one.before, one.after)]
        found.append((edition, told[0], told[1], told[2]))
    return found


class Courses(Listing):
    """Every published course, by its newest version."""

    code = "courses"
    rule = readable_courses
    synthetic = None
    person = None
    nothing = gettext_lazy("No course is published yet.")
    search_hint = gettext_lazy("Search by title")
    search_fields = ["newest_title", "code"]
    filterset_class = CourseFilters
    index_url_name = "office_courses"
    index_results_url_name = "office_courses_results"
    header_icon = "doc-full"
    default_ordering = "newest_title"
    export_filename = "cursos"
    columns = [
        LinkColumn(
            "title", label=gettext_lazy("Course"), accessor="newest_title", url_name="office_course",
            sort_key="newest_title",
        ),
        Column("tracks", label=gettext_lazy("Used by"), accessor=lambda row: ", ".join(row.tracks)),
        Column("language", label=gettext_lazy("Language"), accessor=lambda row: languages([row.newest_language])),
        Column("lessons", label=gettext_lazy("Lessons"), accessor="figures.lessons"),
        Column("minutes", label=gettext_lazy("Minutes"), accessor="figures.minutes"),
        Column("questions", label=gettext_lazy("Questions"), accessor="figures.questions"),
        Column("kilobytes", label=gettext_lazy("KB"), accessor="figures.kilobytes"),
        Column("licence", label=gettext_lazy("Licence"), accessor="newest_licence"),
        Column("number", label=gettext_lazy("Versions"), accessor="numbers", sort_key="numbers"),
        DayColumn("published_at", label=gettext_lazy("Published"), sort_key="published_at"),
    ]  # fmt: skip
    export_only = (Column("code", label=gettext_lazy("Code")),)

    def get_page_title(self) -> str:
        return _("Courses")

    def get_base_queryset(self) -> QuerySet[Course]:
        newest = CourseVersion.objects.filter(course=OuterRef("pk")).order_by("-number")
        courses: QuerySet[Course] = super().get_base_queryset()
        return courses.annotate(
            numbers=Count("versions"),
            newest=Subquery(newest.values("pk")[:1]),
            newest_title=Subquery(newest.values("title")[:1], output_field=CharField()),
            newest_language=Subquery(newest.values("language")[:1], output_field=CharField()),
            newest_licence=Subquery(newest.values("licence")[:1], output_field=CharField()),
            published_at=Subquery(newest.values("published_at")[:1], output_field=DateTimeField()),
        ).filter(numbers__gt=0)

    def prepare(self, rows: Sequence[Any]) -> None:
        """How large each is, and which tracks use it. Two queries."""
        figures, tracks = figures_of([row.newest for row in rows]), uses(row.code for row in rows)
        for row in rows:
            row.figures, row.tracks = figures.get(row.newest, NO_FIGURES), tracks.get(row.code, [])


class CoursePage(Detail):
    """One course: its versions, the newest first, and who uses it."""

    rule = readable_courses
    template_name = "office/course.html"
    header_icon = "doc-full"

    def get_page_title(self) -> str:
        return str(self.versions[0].title if self.versions else self.object.code)

    @property
    def versions(self) -> list[CourseVersion]:
        """The newest first. One query."""
        if "_versions" not in vars(self):
            self._versions = list(self.object.versions.select_related("published_by").order_by("-number"))
        return self._versions

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_courses"), "label": _("Courses")}

    def is_synthetic(self) -> bool:
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = figures_of([version.pk for version in self.versions])
        newest = self.versions[0] if self.versions else None
        return super().get_context_data(
            newest=newest,
            language=languages([newest.language]) if newest else "",
            versions=[(version, figures.get(version.pk, NO_FIGURES)) for version in self.versions],
            lessons=newest.lessons.filter(test="").defer("body", "questions", "guide").order_by("position")
            if newest
            else [],
            changes=changes_in_words(self.object.code, self.viewer),
            tested=newest is not None and newest.lessons.exclude(test="").exists(),
            tracks=uses([self.object.code]).get(self.object.code, []),
            **kwargs,
        )
