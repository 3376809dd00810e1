"""Awards: places that were given, whether the offer reached her, until when she may answer, and what she answered."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import (
    Acceptance,
    Application,
    Award,
    AwardEnd,
    Refusal,
    note_offer_told,
    reachable_awards,
    readable_awards,
    withdraw_award,
)
from trenza.apps.people.api import read_person
from trenza.apps.programmes.api import Enrolment, TrackChange
from trenza.core import clock
from trenza.portals.office.choices import (
    CallFilter,
    days_filter,
    edition_filter,
    region_filter,
    track_filter,
    words_filter,
)
from trenza.portals.office.columns import DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.detail import Detail, carry_out
from trenza.portals.office.listing import Listing
from trenza.portals.office.timeline import history_of
from trenza.portals.office.words import AWARD_STATES, PART_KINDS, REACHED, Words


class AwardFilters(WagtailFilterSet):
    state = words_filter(gettext_lazy("State"), AWARD_STATES, method="in_state")
    call = CallFilter(label=gettext_lazy("Call"))
    edition = edition_filter("call__edition")
    region = region_filter()
    track = track_filter()
    awarded_at = days_filter(gettext_lazy("Awarded"))
    unreached = django_filters.BooleanFilter(
        method="not_reached", label=gettext_lazy("Offers that have not reached her yet")
    )

    class Meta:
        model = Award
        fields: list[str] = []

    def in_state(self, awards: QuerySet[Award], name: str, value: str) -> QuerySet[Award]:
        """The state is that of her application."""
        return awards.filter(application__state="awarded" if value == "waiting" else value)

    def not_reached(self, awards: QuerySet[Award], name: str, value: bool | None) -> QuerySet[Award]:
        """Nobody knows whether she has heard of it."""
        if value is None:
            return awards
        open_offers = awards.filter(application__state="awarded")
        return open_offers.filter(reached_at__isnull=value)


def answer_of(award: Award) -> Acceptance | Refusal | None:
    """What she answered, if she has."""
    found: Acceptance | Refusal | None = getattr(award, "acceptance", None) or getattr(award, "refusal", None)
    return found


def state_of(award: Award) -> str:
    """How the award stands: a key of AWARD_STATES."""
    state = award.application.state
    return state if state in AWARD_STATES else "waiting" if state == Application.State.AWARDED else "expired"


def answered_at(award: Award) -> datetime | None:
    """When she answered."""
    match answer_of(award):
        case Acceptance(accepted_at=moment) | Refusal(declined_at=moment):
            return moment
    return None


def last_moment(award: Award) -> datetime | None:
    """The last second in which she may answer."""
    return award.expires_at - timedelta(seconds=1) if award.expires_at else None


class Awards(Listing):
    """Who was given a place. A row leads to its own page."""

    code = "awards"
    rule = readable_awards
    related = ("person", "application", "call__programme", "region", "track", "awarded_by", "acceptance", "refusal")
    shared = ("call__programme", "region", "track", "awarded_by")
    nothing = gettext_lazy("No place in your scope has been awarded yet. Award places from the list of applications.")
    filterset_class = AwardFilters
    index_url_name = "office_awards"
    index_results_url_name = "office_awards_results"
    header_icon = "pick"
    default_ordering = "-awarded_at"
    export_filename = "adjudicaciones"
    columns = [
        LinkColumn(
            "name", label=gettext_lazy("Name"), accessor="person.name", url_name="office_award_page",
            sort_key="person__search_text",
        ),
        Column("programme", label=gettext_lazy("Programme"), accessor="call.programme.name"),
        Column("call", label=gettext_lazy("Call"), accessor="call.name", sort_key="call__name"),
        Column("region", label=gettext_lazy("Region"), accessor="region.name", sort_key="region__name"),
        Column("track", label=gettext_lazy("Track"), accessor="track.name", sort_key="track__name"),
        WordsColumn("state", label=gettext_lazy("State"), accessor=state_of, words=AWARD_STATES),
        DayColumn(
            "awarded_at", label=gettext_lazy("Awarded"), zone=lambda row: row.call.zone, time=True,
            sort_key="awarded_at",
        ),
        Column("awarded_by", label=gettext_lazy("By whom"), accessor="awarded_by.name"),
        DayColumn("reached_at", label=gettext_lazy("Reached her"), zone=lambda row: row.call.zone),
        DayColumn(
            "expires_at", label=gettext_lazy("Expires"), accessor=last_moment, zone=lambda row: row.call.zone, time=True
        ),
        DayColumn(
            "answered_at", label=gettext_lazy("Answered"), accessor=answered_at, zone=lambda row: row.call.zone,
        ),
    ]  # fmt: skip

    def get_page_title(self) -> str:
        return _("Awards")


class ToldForm(forms.Form):
    """On which day she was told."""

    on = forms.DateField(
        label=gettext_lazy("Told her by telephone, or in person, on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class WithdrawForm(forms.Form):
    """Why an offer is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why? The team reads it; she does not, unless she asks for her data"),
        min_length=4,
        max_length=500,
        strip=True,
    )


class AwardPage(Detail):
    """One award: the offer, what she gets with it, and what happened to it."""

    rule = readable_awards
    related = (
        "person", "application", "call__programme", "call__edition", "region", "track", "awarded_by", "reached_by",
        "acceptance__enrolment",
    )  # fmt: skip
    template_name = "office/award.html"
    header_icon = "pick"

    def get_page_title(self) -> str:
        return _("%(name)s: %(call)s") % {"name": self.object.person.name, "call": self.object.call.name}

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_awards"), "label": _("Awards")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        award: Award = self.object
        waits = award.application.state == Application.State.AWARDED
        may_keep = reachable_awards.allows(self.viewer, award)
        return super().get_context_data(
            **{
                "state": AWARD_STATES[state_of(award)],
                "awarded": moment(award, award.awarded_at),
                "offered_again": moment(award, award.offered_at),
                "reached": moment(award, award.reached_at),
                "how": REACHED.get(award.reached_how, ""),
                "expires": moment(award, last_moment(award)),
                "answered": moment(award, answered_at(award)),
                "ends": [(end, self.in_words(end), moment(award, end.at)) for end in ends(award)],
                "parts": [(part, PART_KINDS.get(part.kind, "")) for part in parts(award)],
                "reads_her": read_person.allows(self.viewer, award.person),
                "may_note": may_keep and waits and award.reached_at is None,
                "may_withdraw": may_keep and waits,
                "changes": track_changes(award),
                "may_change_track": may_keep and is_in_course(award),
                "told": ToldForm(initial={"on": clock.today(award.call.zone)}),
                "timeline": history_of({award.pk, award.application_id}, person=award.person, viewer=self.viewer),
                **kwargs,
            }
        )

    @staticmethod
    def in_words(end: AwardEnd) -> Words:
        """How it ended."""
        return AWARD_STATES["taken_back" if end.kind == AwardEnd.Kind.WITHDRAWN else end.kind]


class WithdrawAwardPage(AwardPage):
    """Take an offer back: asked for with a reason."""

    rule = reachable_awards
    template_name = "office/award_withdraw.html"

    def get_page_title(self) -> str:
        return _("Take the offer back")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_award_page", args=[self.object.pk]), "label": self.object.person.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", WithdrawForm())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take it back, for the reason that was written."""
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))

        def act() -> str:
            withdraw_award(award=self.object, reason=form.cleaned_data["reason"], by=self.viewer)
            return _("The offer was taken back, and her seat goes to the next.")

        return carry_out(request, act, back=reverse("office_award_page", args=[pk]))


class ToldPage(AwardPage):
    """Log that somebody told her."""

    rule = reachable_awards

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Her days run from that day."""
        form = ToldForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(told=form))

        def act() -> str:
            held = note_offer_told(award=self.object, on=form.cleaned_data["on"], by=self.viewer)
            if held.expires_at is None:
                return _("It is noted that she knows.")
            return _("It is noted that she knows. Her offer holds until %(moment)s.") % {
                "moment": moment(held, last_moment(held))
            }

        return carry_out(request, act, back=reverse("office_award_page", args=[pk]))


def parts(award: Award) -> Any:
    """What she gets, in the order of the definition."""
    return award.parts.select_related("given_by").order_by("id")


def is_in_course(award: Award) -> bool:
    """Whether she studies in one of several tracks of her call, so that it can be changed."""
    if not award.call.has_several_tracks or award.application.state != Application.State.ACCEPTED:
        return False
    return award.acceptance.enrolment.state in (Enrolment.State.ACTIVE, Enrolment.State.PAUSED)


def track_changes(award: Award) -> list[tuple[TrackChange, str]]:
    """From which track to which she changed, with who, why and when. A query where her call has several."""
    if not award.call.has_several_tracks or not hasattr(award, "acceptance"):
        return []
    rows = TrackChange.objects.filter(enrolment=award.acceptance.enrolment_id).select_related("before", "after", "by")
    return [(row, moment(award, row.at)) for row in rows.order_by("at", "id")]


def ends(award: Award) -> Any:
    """How and when it ended, each time."""
    return award.ends.select_related("by").order_by("at", "id")


def moment(award: Award, at: datetime | None) -> str:
    """When something was, where the call is; empty where it was not."""
    return date_format(localtime(at, award.call.zone), "SHORT_DATETIME_FORMAT") if at else ""
