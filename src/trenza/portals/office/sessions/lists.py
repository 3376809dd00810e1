"""The list of sessions within the viewer's scope, with how many came."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from trenza.apps.people.api import Permission
from trenza.apps.places.api import Centre
from trenza.apps.programmes.api import Region
from trenza.apps.sessions.api import Session, figures_by_session, places_taken, readable_sessions
from trenza.portals.office.access import may
from trenza.portals.office.choices import CentreFilter, days_filter, edition_filter, region_filter, words_filter
from trenza.portals.office.columns import DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.listing import Listing
from trenza.portals.office.words import Words

KINDS: dict[str, Words] = dict(Session.Kind.choices)
STATES: dict[str, Words] = {"stands": gettext_lazy("Takes place"), "cancelled": gettext_lazy("Cancelled")}


class SessionFilters(WagtailFilterSet):
    edition = edition_filter()
    region = region_filter(method="in_region")
    centre = CentreFilter(method="in_centre")
    kind = words_filter(gettext_lazy("Kind"), KINDS)
    state = words_filter(gettext_lazy("State"), STATES, method="in_state")
    starts_at = days_filter(gettext_lazy("Day"))

    class Meta:
        model = Session
        fields: list[str] = []

    def in_region(self, sessions: QuerySet[Session], name: str, value: Region) -> QuerySet[Session]:
        """Held in a centre of this region: a centre names it by code."""
        held = Centre.objects.filter(region=value.code, country=value.country)
        return sessions.filter(centre__in=held.values("pk"))

    def in_centre(self, sessions: QuerySet[Session], name: str, value: Centre) -> QuerySet[Session]:
        """Held there."""
        return sessions.filter(centre=value.pk)

    def in_state(self, sessions: QuerySet[Session], name: str, value: str) -> QuerySet[Session]:
        """Whether it takes place."""
        return sessions.filter(cancelled_at__isnull=value == "stands")


class Sessions(Listing):
    """Every session that the viewer may read, with its figures. Who had a reason is counted beside, never why."""

    code = "sessions"
    rule = readable_sessions
    related = ("edition__programme", "track")
    shared = ("edition__programme", "track")
    synthetic = None
    person = None
    search_fields = ("title", "place")
    search_hint = gettext_lazy("Search by name or place")
    nothing = gettext_lazy("There is no session in your scope yet.")
    filterset_class = SessionFilters
    index_url_name = "office_sessions"
    index_results_url_name = "office_sessions_results"
    header_icon = "date"
    default_ordering = "-starts_at"
    export_filename = "sesiones"
    columns = [
        LinkColumn("title", label=gettext_lazy("Session"), accessor=str, url_name="office_session"),
        DayColumn(
            "starts_at", label=gettext_lazy("Begins"), time=True, sort_key="starts_at",
            zone=lambda row: ZoneInfo(row.time_zone),
        ),
        Column("programme", label=gettext_lazy("Programme"), accessor="edition.programme.name"),
        Column("centre", label=gettext_lazy("Centre"), accessor="centre_name"),
        Column("signed_up", label=gettext_lazy("Signed up"), accessor="taken"),
        Column("present", label=gettext_lazy("Present"), accessor=lambda row: row.figures.came - row.figures.late),
        Column("late", label=gettext_lazy("Came late"), accessor="figures.late"),
        Column("absent", label=gettext_lazy("Absent"), accessor="figures.absent"),
        Column("excused", label=gettext_lazy("Excused"), accessor="figures.excused"),
        Column("conflicts", label=gettext_lazy("Do not agree"), accessor="figures.conflicts"),
        Column("share", label=gettext_lazy("Attendance in percent"), accessor=lambda row: percent(row.figures.share)),
    ]  # fmt: skip
    export_only = (
        Column("edition", label=gettext_lazy("Edition"), accessor="edition.name"),
        Column("track", label=gettext_lazy("Track"), accessor="track.name"),
        WordsColumn("kind", label=gettext_lazy("Kind"), words=KINDS),
        WordsColumn(
            "state", label=gettext_lazy("State"), words=STATES,
            accessor=lambda row: "cancelled" if row.cancelled_at else "stands",
        ),
        Column("place", label=gettext_lazy("Where it is held")),
        Column("minutes", label=gettext_lazy("Minutes")),
        Column("capacity", label=gettext_lazy("Places")),
        Column("time_zone", label=gettext_lazy("Time zone")),
    )  # fmt: skip

    def get_page_title(self) -> str:
        return _("Sessions")

    def get_header_buttons(self) -> list[HeaderButton]:
        """How long each trainer taught, for who sees the team."""
        buttons: list[HeaderButton] = super().get_header_buttons()
        if may(self.request, Permission.TEAM_READ):
            buttons.append(HeaderButton(_("Hours taught"), url=reverse("office_hours"), icon_name="user"))
        return buttons

    def prepare(self, rows: Sequence[Any]) -> None:
        """Who came, who has a place, and where. Four queries."""
        ids = [row.pk for row in rows]
        figures, taken = figures_by_session(ids), places_taken(ids)
        centres = dict(Centre.objects.filter(pk__in={row.centre for row in rows}).values_list("pk", "name"))
        for row in rows:
            row.figures, row.taken = figures[row.pk], taken[row.pk]
            row.centre_name = centres.get(row.centre, "")


def percent(share: float | None) -> int | None:
    """Of those who are counted; None where nobody is."""
    return None if share is None else round(share * 100)
