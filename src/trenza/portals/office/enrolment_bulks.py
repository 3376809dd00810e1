"""What is done with several enrolments at once: pause, end, take up again, confirm a module."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from trenza.apps.people.api import Permission, Person
from trenza.apps.programmes.api import (
    Enrolment,
    Module,
    WithdrawalReason,
    confirm_for_enrolments,
    pause_enrolments,
    return_to_enrolments,
    withdraw_enrolments,
)
from trenza.core import clock
from trenza.portals.office import printed_cards
from trenza.portals.office.bulk import Bulk
from trenza.portals.office.words import ENROLMENT_STATES, Words

LONGEST_PAUSE: Final = timedelta(days=366)


class PauseForm(forms.Form):
    """Until when they rest."""

    until = forms.DateField(
        label=_("Until and with"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any, viewer: Person, rows: Sequence[Enrolment]) -> None:
        super().__init__(data)

    def clean_until(self) -> Any:
        """A day to come, within a year."""
        until, today = self.cleaned_data["until"], clock.now().date()
        if not today < until <= today + LONGEST_PAUSE:
            raise forms.ValidationError(_("Choose a day after today, within a year."))
        return until


class WithdrawForm(forms.Form):
    """Why they leave."""

    reason = forms.ChoiceField(label=_("Reason"), choices=WithdrawalReason.choices, initial=WithdrawalReason.NOT_SAID)

    def __init__(self, data: Any, viewer: Person, rows: Sequence[Enrolment]) -> None:
        super().__init__(data)


class ConfirmForm(forms.Form):
    """Which module they have met: one that somebody confirms, of the tracks of these rows."""

    module = forms.ModelChoiceField(label=_("Module"), queryset=Module.objects.none(), empty_label=None)

    def __init__(self, data: Any, viewer: Person, rows: Sequence[Enrolment]) -> None:
        super().__init__(data)
        modules = Module.objects.filter(
            track__in={row.track_id for row in rows},
            requirement_kind=Module.Kind.CONFIRMED,
            retired_at=None,
        )
        field: Any = self.fields["module"]
        field.queryset = modules.select_related("track__programme").order_by("track__name", "position")
        field.label_from_instance = lambda module: f"{module.track.name} · {module.name}"


def about(row: Any) -> str:
    """Whom a row is about, and in what."""
    return f"{row.person.name} · {row.track.name}"


def state(row: Any) -> Words:
    """How she stands."""
    return ENROLMENT_STATES[row.state_on(clock.today("UTC"))]


ALL: Final = (
    Bulk(
        code="confirm",
        label=_("Confirm a module"),
        permission=Permission.REQUIREMENT_CONFIRM,
        question=_("Confirm that these have met a module? Only who holds the role that the module names may."),
        done=_("It is confirmed."),
        act=lambda rows, by, given: confirm_for_enrolments(enrolments=rows, module=given["module"], by=by),
        name=about,
        state=state,
        form=ConfirmForm,
    ),
    Bulk(
        code="pause",
        label=_("Pause"),
        permission=Permission.REQUIREMENT_CONFIRM,
        question=_("Pause these? What they do meanwhile counts, and the pause ends by itself."),
        done=_("She is paused."),
        act=lambda rows, by, given: pause_enrolments(enrolments=rows, until=given["until"], by=by),
        name=about,
        state=state,
        form=PauseForm,
    ),
    Bulk(
        code="withdraw",
        label=_("End the enrolment"),
        permission=Permission.REQUIREMENT_CONFIRM,
        question=_("End these enrolments? Nothing that they did is lost, and they may return."),
        done=_("Her enrolment has ended."),
        act=lambda rows, by, given: withdraw_enrolments(enrolments=rows, reason=given["reason"], by=by),
        name=about,
        state=state,
        form=WithdrawForm,
    ),
    Bulk(
        code="return",
        label=_("Take up again"),
        permission=Permission.REQUIREMENT_CONFIRM,
        question=_("Let these go on where they stopped?"),
        done=_("She is active again."),
        act=lambda rows, by, given: return_to_enrolments(enrolments=rows, by=by),
        name=about,
        state=state,
    ),
    Bulk(
        code="cards",
        label=_("Print cards"),
        permission=Permission.PHONE_HELP,
        question=_(
            "Make a card for each of these? With it and her PIN each comes in. The page to print is shown once: have "
            "the printer ready."
        ),
        done=_("The card is made."),
        act=lambda rows, by, given: {},
        name=about,
        state=state,
        answer=printed_cards.for_rows,
    ),
)
