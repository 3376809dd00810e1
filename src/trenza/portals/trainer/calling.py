"""Whom to call, in words, and the form that says what came of it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trenza.apps.accompaniment.api import LONGEST_NOTE, Channel, Outcome, Reason, ToCall, Why
from trenza.core import clock
from trenza.core.words import LONGEST

MOST: Final = 30
"""Women on one page: each has a form."""


class NameForm(forms.Form):
    """Whom she looks for."""

    name = forms.CharField(label=gettext_lazy("Look for a name"), max_length=LONGEST, required=False)


class AttemptForm(forms.Form):
    """How she tried to reach somebody, and what came of it."""

    channel = forms.ChoiceField(label=gettext_lazy("How"), choices=Channel.choices)
    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it"),
        choices=[("", gettext_lazy("Choose one")), *Outcome.choices],
        error_messages={"required": gettext_lazy("Say what came of it.")},
    )
    call_back_on = forms.DateField(
        label=gettext_lazy("If you call her another day: which"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label=gettext_lazy("A note for whoever calls her next"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=gettext_lazy("Nothing about her health, her home or her safety. She may read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """A day where she calls again, and only there. Days are those of her place, which may be behind UTC."""
        data = super().clean() or {}
        day = data.get("call_back_on")
        if data.get("outcome") != Outcome.CALL_BACK:
            data["call_back_on"] = None
        elif day is None and "call_back_on" not in self.errors:
            self.add_error("call_back_on", _("Say on which day you call her."))
        elif day is not None and day < clock.now().date() - timedelta(days=1):
            self.add_error("call_back_on", _("That day is past."))
        return data


def forms_of(lines: Iterable[ToCall]) -> list[tuple[ToCall, list[str], AttemptForm]]:
    """Each of them with her reasons in words and a form whose fields have ids of their own."""
    return [
        (line, in_words(line.reasons), AttemptForm(auto_id=f"id_{number}_%s"))
        for number, line in enumerate(lines, start=1)
    ]


def in_words(reasons: Iterable[Reason]) -> list[str]:
    """Each reason in a sentence that anybody understands."""
    return [_said(reason) for reason in reasons]


def _said(reason: Reason) -> str:
    values = {"n": reason.count, "day": date_format(reason.since, "MONTH_DAY_FORMAT"), "about": reason.about}
    match reason.why:
        case Why.PROMISED:
            return _("She expects a call since %(day)s.") % values
        case Why.SILENCE:
            words = ngettext(
                "%(n)s day without activity, since %(day)s.",
                "%(n)s days without activity, since %(day)s.",
                reason.count,
            )
        case Why.FAILURES:
            words = ngettext(
                "%(n)s failure in a row in “%(about)s”, since %(day)s.",
                "%(n)s failures in a row in “%(about)s”, since %(day)s.",
                reason.count,
            )
        case Why.ABSENCES:
            words = ngettext(
                "%(n)s absence in a row, since %(day)s.", "%(n)s absences in a row, since %(day)s.", reason.count
            )
    return words % values
