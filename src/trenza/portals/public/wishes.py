"""Which course she wants, of a call with several: first, and then second and third if she likes."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trenza.apps.admissions.api import MOST_WISHES, Call
from trenza.apps.programmes.api import Track

FIELD: Final = "wish_"
_LABELS: Final = (
    _("Which course do you want most?"),
    _("And if there is no place there?"),
    _("Your third choice"),
    _("Your fourth choice"),
    _("Your fifth choice"),
)
_HER_LABELS: Final = (
    _("Which course does she want most?"),
    _("And if there is no place there?"),
    _("Her third choice"),
    _("Her fourth choice"),
    _("Her fifth choice"),
)


def wish_fields(call: Call, *, of_her: bool = False) -> dict[str, forms.Field]:
    """A field for each wish that she may have; none where the call has one track. `of_her`: who fills it in for her."""
    if not call.has_several_tracks:
        return {}
    tracks = call.tracks_offered
    labels = (_HER_LABELS if of_her else _LABELS)[: min(len(tracks), MOST_WISHES)]
    return {f"{FIELD}{n}": _field(n, label, tracks) for n, label in enumerate(labels, 1)}


def check_wishes(form: forms.Form) -> None:
    """Say beside the second of two equal wishes that it stands there already."""
    seen: set[str] = set()
    for name in _names(form):
        code = form.cleaned_data.get(name)
        if code and code in seen:
            again = _("You chose this course above. Choose another one, or leave it empty.")
            form.add_error(name, ValidationError(again, "twice"))
        seen.add(code or "")


def wishes_in(form: forms.Form, call: Call) -> list[Track]:
    """What she wishes for, the best first; once the form is valid. A wish that was left out closes up."""
    by_code = {track.code: track for track in call.tracks_offered} if call.has_several_tracks else {}
    chosen = (form.cleaned_data.get(name) for name in _names(form))
    return [by_code[code] for code in chosen if code in by_code]


def _names(form: forms.Form) -> list[str]:
    return [name for name in form.fields if name.startswith(FIELD)]


def _field(number: int, label: Any, tracks: Sequence[Track]) -> forms.ChoiceField:
    options = [(track.code, track.name) for track in tracks]
    wrong = {"required": _("Choose a course."), "invalid_choice": _("Choose a course of this list.")}
    if number == 1:
        told = [(track.code, f"{track.name}. {track.summary}" if track.summary else track.name) for track in tracks]
        return forms.ChoiceField(label=label, choices=told, widget=forms.RadioSelect(), error_messages=wrong)
    return forms.ChoiceField(
        label=label, choices=[("", _("No other one")), *options], required=False, error_messages=wrong
    )
