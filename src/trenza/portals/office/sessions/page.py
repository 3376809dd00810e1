"""One session: when and where it was, who gave it, how everybody stands, and who marked her so."""

from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from trenza.apps.people.api import Permission
from trenza.apps.places.api import Centre
from trenza.apps.sessions.api import MarkKind, Reason, Session, attendance_of, figures_of, kept_sessions, places_taken
from trenza.apps.sessions.api import readable_sessions as readable
from trenza.portals.office.access import may
from trenza.portals.office.detail import Detail
from trenza.portals.office.naming import people_named
from trenza.portals.office.sentences import Seen
from trenza.portals.office.sessions.lists import KINDS, percent
from trenza.portals.office.timeline import history_of
from trenza.portals.office.words import Words

MOST: int = 300
"""Women on one page; the figures count all."""
MARKS: dict[str | None, Words] = dict(MarkKind.choices)
REASONS: dict[str, Words] = dict(Reason.choices)


class Line(NamedTuple):
    """One woman: `marks` are those that stand, each with who marked it."""

    name: str
    walk_in: bool
    mark: Words
    conflict: bool
    settled: bool
    reason: Words
    marks: list[tuple[Words, str]]


class SessionPage(Detail):
    """One session. Names stand where the viewer keeps it or may read the person; why somebody was excused, only for who
    keeps it."""

    rule = readable
    related = ("edition__programme", "track", "workshop", "opened_by")
    template_name = "office/sessions/session.html"
    header_icon = "date"

    def get_page_title(self) -> str:
        return str(self.object)

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_sessions"), "label": _("Sessions")}

    def is_synthetic(self) -> bool:
        return bool(self.object.opened_by and self.object.opened_by.synthetic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session: Session = self.object
        keeps = may(self.request, Permission.SESSION_KEEP) and kept_sessions.allows(self.viewer, session)
        rows = attendance_of(session, self.viewer)
        trainers = list(session.trainers.filter(removed_at=None).select_related("person"))
        figures = figures_of(each.standing for each in rows if each.standing)
        return super().get_context_data(
            keeps=keeps,
            kind=KINDS[session.kind],
            centre=Centre.objects.filter(pk=session.centre).values_list("name", flat=True).first(),
            taken=places_taken([session.pk])[session.pk],
            figures=figures,
            present=figures.came - figures.late,
            percent=percent(figures.share),
            lines=self.lines(rows[:MOST], keeps),
            left_out=max(len(rows) - MOST, 0),
            trainers=[(each, self.names.get(each.person_id, _("somebody"))) for each in trainers],
            timeline=history_of(
                {session.pk}, person=None, viewer=self.viewer, seen={Seen.SESSION}, zone=ZoneInfo(session.time_zone)
            ),
            **kwargs,
        )

    def lines(self, rows: list[Any], keeps: bool) -> list[Line]:
        """How everybody stands. One query, for the names."""
        heads = [head for row in rows if row.standing for head in row.standing.heads]
        ids = {head.marker for head in heads if head.marker} | {row.person for row in rows}
        ids |= set(self.object.trainers.values_list("person", flat=True))
        self.names = people_named(ids, self.viewer)
        if keeps:
            # Who keeps it knows them all: who gives it, who marked, who came.
            self.names |= {each.person_id: each.person.name for each in self.object.trainers.select_related("person")}
            self.names |= {row.person: row.name for row in rows if row.name}
        return [self.line(row) for row in rows]

    def line(self, row: Any) -> Line:
        """How one of them stands."""
        standing, somebody = row.standing, _("somebody")
        marks = standing.heads if standing else ()
        return Line(
            name=self.names.get(row.person, somebody),
            walk_in=row.walk_in,
            mark=MARKS.get(standing.mark, "") if standing else "",
            conflict=bool(standing and standing.conflict),
            settled=bool(standing and standing.settled),
            reason=REASONS.get(row.reason, ""),
            marks=[(MARKS[head.mark], self.names.get(head.marker, somebody)) for head in marks],
        )
