"""The draw of a call: what was announced, and its three steps, each asked for on a page of its own."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trenza.apps.admissions.api import (
    Application,
    Call,
    DrawEntry,
    awardable_calls,
    draw_of,
    freeze_list,
    give_seed,
    hold_draw,
    readable_calls,
    rule_hash,
)
from trenza.core import clock
from trenza.portals.office.detail import Detail, carry_out
from trenza.portals.office.naming import city_of

READY = (Application.State.SUBMITTED, Application.State.WAITING_LIST)
NOT_YET = (Application.State.NEEDS_HELP, Application.State.WAITING_GUARDIAN)


class SeedForm(forms.Form):
    """The seed as it was published, and where it was read."""

    seed = forms.CharField(
        label=gettext_lazy("The seed, letter by letter as it was published"),
        max_length=200,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    source = forms.CharField(label=gettext_lazy("Where you read it, and on which day"), max_length=200, strip=True)


class DrawPage(Detail):
    """How far the draw of a call is, and what comes next."""

    rule = readable_calls
    related = ("programme", "edition")
    template_name = "office/draw.html"
    header_icon = "list-ol"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = draw_of(self.object)
        if found is None:
            raise Http404
        self.draw = found

    def get_page_title(self) -> str:
        return _("Draw")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_call", args=[self.object.pk]), "label": self.object.name}

    def is_synthetic(self) -> bool:
        return bool(self.object.edition.demonstration)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        call: Call = self.object
        draw = self.draw
        rule = draw.drawn_by_rule
        names = {region.code: region.name for region in call.regions.all()}
        filled = draw.filled or [None] * len(rule.groups)
        results = DrawEntry.objects.filter(draw=draw).exclude(result="waiting")
        return super().get_context_data(
            draw=draw,
            rule_hash=rule_hash(rule),
            rule=rule,
            regions=[(names.get(code, code), seats) for code, seats in rule.regions.items()],
            groups=[(group["name"], group["seats"], n) for group, n in zip(draw.terms["groups"], filled, strict=True)],
            freezes=_there(call, call.list_closes_at),
            moments={
                name: _there(call, moment)
                for name in ("announced", "frozen", "seeded", "drawn")
                if (moment := getattr(draw, f"{name}_at"))
            },
            may_freeze_now=clock.now() >= call.list_closes_at,
            may_act=awardable_calls.allows(self.viewer, call),
            ready=call.applications.filter(state__in=READY).count(),
            not_yet=call.applications.filter(state__in=NOT_YET).count(),
            drawn=results.count() if draw.drawn_at else 0,
            **kwargs,
        )


class _StepPage(DrawPage):
    """A page that asks before a step."""

    rule = awardable_calls

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_draw", args=[self.object.pk]), "label": _("Draw")}

    def step(self, act: Callable[[], str]) -> HttpResponse:
        """Do the step, and go back to the draw with the sentence of `act`, or with why not."""
        return carry_out(self.request, act, back=reverse("office_draw", args=[self.object.pk]))


class FreezePage(_StepPage):
    """Close the list."""

    template_name = "office/draw_freeze.html"

    def get_page_title(self) -> str:
        return _("Close the list")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Close it for good."""
        return self.step(self._freeze)

    def _freeze(self) -> str:
        n = freeze_list(call=self.object, by=self.viewer).applications
        return ngettext(
            "The list is closed with %(n)s application, and its hash is published.",
            "The list is closed with %(n)s applications, and its hash is published.",
            n,
        ) % {"n": n}


class SeedPage(_StepPage):
    """Type in the seed."""

    template_name = "office/draw_seed.html"

    def get_page_title(self) -> str:
        return _("Type in the seed")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", SeedForm())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep the seed; what is missing is said on the page."""
        form = SeedForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))

        def act() -> str:
            given = form.cleaned_data
            give_seed(call=self.object, seed=given["seed"], source=given["source"], by=self.viewer)
            return _("The seed is typed in and published. Look at it once more before you draw.")

        return self.step(act)


class HoldPage(_StepPage):
    """Draw the places."""

    template_name = "office/draw_hold.html"

    def get_page_title(self) -> str:
        return _("Draw the places")

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Draw, once."""
        return self.step(self._hold)

    def _hold(self) -> str:
        hold_draw(call=self.object, by=self.viewer)
        return _("The places are drawn. The result and the file that repeats it are published.")


def _there(call: Call, moment: Any) -> str:
    return _("%(moment)s (%(city)s time)") % {
        "moment": date_format(localtime(moment, call.zone), "SHORT_DATETIME_FORMAT"),
        "city": city_of(call.time_zone),
    }
