"""The seats of a call: how many, for whom, and every change with its reason."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trenza.apps.admissions.api import (
    Call,
    SeatChange,
    SeatPlan,
    change_seats,
    move_seats,
    publishable_calls,
    readable_calls,
    seat_plan_of,
)
from trenza.portals.office.calls import seats
from trenza.portals.office.detail import Detail, carry_out

MOST: Final = 10_000_000
LINES: Final = 25


class Reasoned(forms.Form):
    """A change, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why? It stays beside the change for good"), min_length=4, max_length=500, strip=True
    )


class SeatsForm(Reasoned):
    """How many seats: in total, kept for launches, of each region and of each track. Empty is without a limit."""

    def __init__(self, data: Any, call: Call, plan: SeatPlan) -> None:
        super().__init__(data)
        numbers: dict[str, forms.IntegerField] = {
            "total": _number(gettext_lazy("Seats in total (empty: no limit)"), plan.total)
        }
        if not call.is_follow_on:
            numbers["held_back"] = _number(gettext_lazy("Of these, kept for launches"), plan.held_back or None)
            for region in call.regions.order_by("position", "pk"):
                label = _("Seats of %(region)s (empty: no limit of its own)") % {"region": region.name}
                numbers[f"region_{region.pk.hex}"] = _number(label, plan.by_region.get(region.pk))
        for track in call.tracks_offered if call.has_several_tracks else ():
            label = _("Seats of %(track)s (empty: no limit of its own)") % {"track": track.name}
            numbers[f"track_{track.pk.hex}"] = _number(label, plan.by_track.get(track.pk))
        self.fields = {**numbers, "reason": self.fields["reason"]}

    @property
    def plan(self) -> SeatPlan:
        """What was typed in."""
        given = self.cleaned_data
        return SeatPlan(given["total"], given.get("held_back") or 0, self._of("region_"), self._of("track_"))

    def _of(self, prefix: str) -> dict[UUID, int]:
        return {
            UUID(name.removeprefix(prefix)): number
            for name, number in self.cleaned_data.items()
            if name.startswith(prefix) and number is not None
        }


class MoveForm(Reasoned):
    """So many seats from here to there."""

    seats = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=MOST)
    source = forms.ChoiceField(label=gettext_lazy("From"))
    target = forms.ChoiceField(label=gettext_lazy("To"))

    field_order = ("seats", "source", "target", "reason")

    def __init__(self, data: Any, call: Call, plan: SeatPlan) -> None:
        super().__init__(data)
        regions = call.regions.filter(pk__in=plan.by_region).order_by("position", "pk")
        named = [(str(region.pk), f"{region.name} ({plan.by_region[region.pk]})") for region in regions]
        tracks = call.tracks.filter(pk__in=plan.by_track)
        named += [(str(track.pk), f"{track.name} ({plan.by_track[track.pk]})") for track in tracks]
        reserve = [("", f"{_('Kept for launches')} ({plan.held_back})")] if plan.held_back else []
        source, target = self.fields["source"], self.fields["target"]
        assert isinstance(source, forms.ChoiceField)
        assert isinstance(target, forms.ChoiceField)
        source.choices, source.required = [*reserve, *named], not reserve
        target.choices = named
        self.is_possible = len([*reserve, *named]) > 1


class SeatsPage(Detail):
    """How the seats of a call are, who changed them and why."""

    rule = readable_calls
    related = ("programme", "edition", "follow_on")
    template_name = "office/call_seats.html"
    header_icon = "group"

    def get_page_title(self) -> str:
        return _("Seats")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_call", args=[self.object.pk]), "label": self.object.name}

    def is_synthetic(self) -> bool:
        return bool(self.object.edition.demonstration)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        call: Call = self.object
        plan = seat_plan_of(call)
        may_change = publishable_calls.allows(self.viewer, call)
        move = MoveForm(None, call, plan)
        lines = SeatChange.objects.filter(call=call).select_related("region", "track", "by").order_by("-at", "-id")
        page = Paginator(lines, LINES).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            **{
                "pools": seats(call),
                "held_back": plan.held_back,
                "page": page,
                "lines": [_line(call, each) for each in page],
                "may_change": may_change,
                "form": SeatsForm(None, call, plan),
                "move": move if move.is_possible else None,
                **kwargs,
            }
        )


class ChangeSeatsPage(SeatsPage):
    """Give the call other seats."""

    rule = publishable_calls

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Change them, for the reason that was written; what cannot be is said."""
        form = SeatsForm(request.POST, self.object, seat_plan_of(self.object))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))

        def act() -> str:
            change_seats(call=self.object, plan=form.plan, reason=form.cleaned_data["reason"], by=self.viewer)
            return _("The seats are changed, in the definition too. Who waits for a new one gets it in a moment.")

        return self._carry_out(act)

    def _carry_out(self, act: Callable[[], str]) -> HttpResponse:
        return carry_out(self.request, act, back=reverse("office_call_seats", args=[self.object.pk]))


class MoveSeatsPage(ChangeSeatsPage):
    """Move seats between regions or tracks, or out of what is kept for launches."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Move them, for the reason that was written."""
        form = MoveForm(request.POST, self.object, seat_plan_of(self.object))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(move=form))

        def act() -> str:
            given = form.cleaned_data
            source = UUID(given["source"]) if given["source"] else None
            move_seats(
                call=self.object, seats=given["seats"], source=source, target=UUID(given["target"]),
                reason=given["reason"], by=self.viewer,
            )  # fmt: skip
            return _("The seats are moved, in the definition too. Who waits for one gets it in a moment.")

        return self._carry_out(act)


def _number(label: Any, initial: int | None) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=False, initial=initial)


def _line(call: Call, line: SeatChange) -> dict[str, Any]:
    what = {
        SeatChange.Of.TOTAL: _("In total"),
        SeatChange.Of.RESERVE: _("Kept for launches"),
    }.get(SeatChange.Of(line.of), str(getattr(line.region or line.track, "name", "")))
    return {
        "at": date_format(localtime(line.at, call.zone), "SHORT_DATETIME_FORMAT"),
        "what": what,
        "before": _("no limit") if line.before is None else line.before,
        "after": _("no limit") if line.after is None else line.after,
        "reason": line.reason or _("With a version of the definition"),
        "by": line.by.name if line.by else "",
    }
