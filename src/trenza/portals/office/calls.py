"""Calls: the list, one call with its seats, its publication, and awards in order of arrival."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import (
    Application,
    Call,
    award_in_order,
    awardable_calls,
    draw_of,
    publish_call,
    publish_calls,
    publishable_calls,
    readable_applications,
    readable_calls,
)
from trenza.apps.people.api import Permission, Person
from trenza.apps.programmes.api import Track
from trenza.core import clock
from trenza.portals.office.access import viewer_of
from trenza.portals.office.bulk import Bulk
from trenza.portals.office.choices import edition_filter, track_filter, words_filter
from trenza.portals.office.columns import DayColumn, LinkColumn
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.listing import Listing
from trenza.portals.office.naming import city_of
from trenza.portals.office.timeline import history_of
from trenza.portals.office.words import ADMISSIONS, APPLICATION_STATES, CALL_STATES, Words

QUEUE = (Application.State.SUBMITTED, Application.State.WAITING_LIST)


def state_of(call: Call) -> Words:
    """What a call is now."""
    now = clock.now()
    if call.retired_at:
        return CALL_STATES["retired"]
    if call.published_at is None:
        return CALL_STATES["draft"]
    if call.is_open_at(now) or call.is_follow_on:
        return CALL_STATES["open"]
    return CALL_STATES["to_come" if now < call.opens_at else "closed"]


class CallFilters(WagtailFilterSet):
    edition = edition_filter()
    track = track_filter(method="leads_to")
    admission = words_filter(gettext_lazy("How one gets in"), ADMISSIONS)
    draft = django_filters.BooleanFilter(
        field_name="published_at", lookup_expr="isnull", label=gettext_lazy("Not published")
    )

    def leads_to(self, calls: QuerySet[Call], name: str, value: Track | None) -> QuerySet[Call]:
        """Those of this track alone, and those in which she may wish for it."""
        if value is None:
            return calls
        several = Call.tracks.through.objects.filter(track=value).values("call")
        return calls.filter(Q(track=value) | Q(pk__in=several))

    class Meta:
        model = Call
        fields: list[str] = []


class Calls(Listing):
    """Every call that runs within the viewer's scope, with how many of her applications wait for a place."""

    code = "calls"
    rule = readable_calls
    related = ("programme", "edition", "track")
    person = None
    nothing = gettext_lazy("No call runs in your scope yet. Calls come from the definition of a programme.")
    search_hint = gettext_lazy("Search by call or programme")
    synthetic = "edition__demonstration"
    filterset_class = CallFilters
    index_url_name = "office_calls"
    index_results_url_name = "office_calls_results"
    header_icon = "calendar"
    default_ordering = "-opens_at"
    search_fields = ["name", "code", "programme__name"]
    export_filename = "convocatorias"
    columns = [
        LinkColumn("name", label=gettext_lazy("Call"), url_name="office_call", sort_key="name"),
        Column("programme", label=gettext_lazy("Programme"), accessor="programme.name", sort_key="programme__name"),
        Column("edition", label=gettext_lazy("Edition"), accessor="edition.name", sort_key="edition__starts_on"),
        Column("state", label=gettext_lazy("State"), accessor=state_of),
        DayColumn(
            "opens_at", label=gettext_lazy("Opens"), zone=lambda call: call.zone, sort_key="opens_at"
        ),
        DayColumn(
            "closes_at", label=gettext_lazy("Closes"), zone=lambda call: call.zone, sort_key="closes_at"
        ),
        Column("waiting", label=gettext_lazy("Wait for a place"), sort_key="waiting"),
    ]  # fmt: skip
    bulks = (
        Bulk(
            code="publish",
            label=gettext_lazy("Publish"),
            permission=Permission.CALL_PUBLISH,
            question=gettext_lazy("Publish these calls? Everybody may see them from then on."),
            done=gettext_lazy("The call is published."),
            act=lambda rows, by, given: publish_calls(calls=rows, by=by),
            name=lambda call: f"{call.programme.name} · {call.name}",
            state=state_of,
        ),
    )

    def get_page_title(self) -> str:
        return _("Calls")

    def get_base_queryset(self) -> QuerySet[Call]:
        hers = readable_applications.which(viewer_of(self.request))
        waiting = hers.filter(call=OuterRef("pk"), state__in=QUEUE).order_by().values("call").annotate(n=Count("pk"))
        calls: QuerySet[Call] = super().get_base_queryset()
        return calls.annotate(waiting=Coalesce(Subquery(waiting.values("n"), output_field=IntegerField()), 0))


class CallPage(Detail):
    """One call: when, for whom, how many seats, and how many applications of the viewer's scope are in which state."""

    rule = readable_calls
    related = ("programme", "edition", "track", "published_by")
    template_name = "office/call.html"
    header_icon = "calendar"

    def get_page_title(self) -> str:
        return str(self.object.name)

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_calls"), "label": _("Calls")}

    def is_synthetic(self) -> bool:
        return bool(self.object.edition.demonstration)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        call: Call = self.object
        hers = readable_applications.which(self.viewer).filter(call=call).order_by()
        states = dict(hers.values_list("state").annotate(n=Count("pk")))
        return super().get_context_data(
            state=state_of(call),
            opens=moment(call, "opens_at"),
            closes=moment(call, "closes_at"),
            admission=ADMISSIONS[call.admission],
            pools=seats(call),
            tracks=[track.name for track in call.tracks_offered],
            states=[(code, words, states[code]) for code, words in APPLICATION_STATES.items() if code in states],
            rules=[rule["sentence"] for rule in call.rules],
            timeline=history_of({call.pk, call.programme_id}, person=None, viewer=self.viewer),
            may_publish=call.published_at is None and publishable_calls.allows(self.viewer, call),
            draw=(draw := draw_of(call) if call.is_drawn else None),
            may_change_seats=publishable_calls.allows(self.viewer, call),
            may_award=call.is_selected
            and (not call.is_drawn or (draw is not None and draw.drawn_at is not None))
            and awardable_calls.allows(self.viewer, call),
            **kwargs,
        )


class AwardInOrderPage(CallPage):
    """Ask before awarding: how many seats are left and how many women wait for them."""

    rule = awardable_calls
    template_name = "office/award_in_order.html"

    def get_page_title(self) -> str:
        return _("Award in the order of the draw") if self.object.is_drawn else _("Award in order of arrival")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_call", args=[self.object.pk]), "label": self.object.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(waiting=queue(self.object, self.viewer), **kwargs)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Award, and say how many."""

        def act() -> str:
            awards = award_in_order(call=self.object, by=self.viewer)
            if not awards:
                return _("No place was awarded: no seat is left, or nobody waits.")
            left = queue(self.object, self.viewer)
            given = ngettext("%(n)s place was awarded.", "%(n)s places were awarded.", len(awards)) % {"n": len(awards)}
            wait = ngettext("%(n)s person still waits.", "%(n)s people still wait.", left) % {"n": left}
            return f"{given} {wait}"

        return carry_out(request, act, back=reverse("office_call", args=[pk]))


@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish a call."""
    viewer = viewer_of(request)
    call = found(readable_calls, viewer, pk)

    def act() -> str:
        publish_call(call=call, by=viewer)
        return _("“%(call)s” is published: everybody may see it.") % {"call": call.name}

    return carry_out(request, act, back=reverse("office_call", args=[pk]))


@dataclass(frozen=True)
class Pool:
    """Seats of a call, or of one of its regions or tracks; `name` is empty for the total."""

    name: str
    seats: int
    taken: int
    left: int


def seats(call: Call) -> list[Pool]:
    """Its seats, the total first, then regions, then tracks; empty where there is no limit."""
    pools = list(call.pools.select_related("region", "track").order_by("region__position", "track__position"))
    pools.sort(key=lambda pool: (pool.track is not None, pool.region is not None))
    return [
        Pool(str(getattr(pool.region or pool.track, "name", "")), pool.seats, pool.taken, pool.left) for pool in pools
    ]


def queue(call: Call, viewer: Person) -> int:
    """How many wait for a place of this call, without the viewer herself: nobody awards herself."""
    return Application.objects.filter(call=call, state__in=QUEUE).exclude(person=viewer).count()


def moment(call: Call, field: str) -> str:
    """When it opens or closes, in its own time zone, which is named."""
    there = localtime(getattr(call, field), call.zone)
    return _("%(moment)s (%(city)s time)") % {
        "moment": date_format(there, "SHORT_DATETIME_FORMAT"),
        "city": city_of(call.time_zone),
    }
