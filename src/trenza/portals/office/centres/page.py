"""One centre: where it is, when it is open, and what happens there."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trenza.apps.people.api import Permission
from trenza.apps.places.api import (
    Centre,
    OpeningHours,
    close_centre,
    equipment_of,
    hours_of,
    keep_centre,
    keep_hub,
    lent_by,
    read_centre,
    reopen_centre,
    stock_of,
    visits_by_day,
)
from trenza.apps.programmes.api import Organisation, Region
from trenza.portals.field.countries import country_name
from trenza.portals.field.maps import map_links
from trenza.portals.office.access import may, viewer_of
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.naming import city_of, people_named
from trenza.portals.office.place_words import CENTRE_STATES, DAYS, KINDS, PURPOSES, Words, good_for
from trenza.portals.office.sentences import Seen
from trenza.portals.office.timeline import history_of

DAYS_OF_VISITS = 14


class CentrePage(Detail):
    """One centre, for whoever may see it; whoever keeps it finds what she does there. Names stand only where the
    viewer may read the person or keeps the centre."""

    rule = read_centre
    template_name = "office/centres/centre.html"
    header_icon = "site"

    def get_page_title(self) -> str:
        return str(self.object.name)

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_centres"), "label": _("Centres")}

    def is_synthetic(self) -> bool:
        return any(each.loan.person.synthetic for each in self.lent)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        centre: Centre = self.object
        keeps = may(self.request, Permission.PLACE_KEEP) and keep_centre.allows(self.viewer, centre)
        self.lent = lent_by(centre)
        lent = {each.loan.equipment_id for each in self.lent}
        names = {} if keeps else people_named({each.loan.person_id for each in self.lent}, self.viewer)
        equipment = list(equipment_of(centre))
        stock = stock_of(centre)
        return super().get_context_data(
            keeps=keeps,
            keeps_hub=may(self.request, Permission.HUB_KEEP) and keep_hub.allows(self.viewer, centre),
            state=CENTRE_STATES["open" if centre.is_open else "closed"],
            country=country_name(centre.country),
            city=city_of(centre.time_zone),
            region=region_name(centre),
            organisation=organisation_name(centre),
            map=map_links(centre.latitude, centre.longitude),
            hours=in_words(hours_of(centre)),
            lent=[
                (each, each.loan.person.name if keeps else names.get(each.loan.person_id, _("somebody")))
                for each in self.lent
            ],
            equipment=[(KINDS[each.kind], each) for each in equipment if each.pk not in lent],
            things=len(equipment),
            stock=[(good_for(each.batch), each) for each in stock],
            left=sum(each.left for each in stock),
            visits=[
                (each, [(PURPOSES[purpose], n) for purpose, n in each.purposes.items()])
                for each in visits_by_day(centre, days=DAYS_OF_VISITS)
            ],
            timeline=history_of(
                {centre.pk}, person=None, viewer=self.viewer, seen={Seen.CENTRE}, zone=ZoneInfo(centre.time_zone)
            ),
            **kwargs,
        )


def region_name(centre: Centre) -> str:
    """What definitions call its region; the code where none knows it. A query."""
    found = Region.objects.filter(code=centre.region, iso__startswith=centre.country).order_by("retired_at", "pk")
    return found.values_list("name", flat=True).first() or centre.region


def organisation_name(centre: Centre) -> str:
    """What definitions call its organisation. A query."""
    found = Organisation.objects.filter(code=centre.organisation).order_by("retired_at", "pk")
    return found.values_list("name", flat=True).first() or centre.organisation


def in_words(hours: list[OpeningHours]) -> list[tuple[Words, str]]:
    """Each day on which it is open, with its times."""
    by_day: dict[int, list[str]] = {}
    for each in hours:
        times = _("%(opens)s to %(closes)s") % {
            "opens": time_format(each.opens, "H:i"), "closes": time_format(each.closes, "H:i"),
        }  # fmt: skip
        by_day.setdefault(each.weekday, []).append(times)
    return [(DAYS[weekday], ", ".join(times)) for weekday, times in by_day.items()]


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close it for good."""
    viewer = viewer_of(request)
    centre = found(keep_centre, viewer, pk)

    def act() -> str:
        close_centre(centre=centre, by=viewer)
        return _("The centre is closed and has left the public list.")

    return carry_out(request, act, back=reverse("office_centre", args=[pk]))


@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open it again."""
    viewer = viewer_of(request)
    centre = found(keep_centre, viewer, pk)

    def act() -> str:
        reopen_centre(centre=centre, by=viewer)
        return _("The centre is open again.")

    return carry_out(request, act, back=reverse("office_centre", args=[pk]))
