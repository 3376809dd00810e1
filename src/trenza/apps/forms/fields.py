"""The Django field for each type of question."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trenza.apps.forms.answers import LONG_TEXT_LENGTH, TEXT_LENGTH
from trenza.apps.forms.applying import Answer
from trenza.apps.forms.dates import DateField
from trenza.apps.forms.definition.sections import Question

LARGEST_NUMBER = 1_000_000
# From so many choices on a list to open is easier on a small screen than as many buttons.
MANY_CHOICES = 8

Options = Sequence[tuple[str, str]]

_REQUIRED = _("Please answer this.")
_PICK = _("Choose one of the answers.")


class PhoneField(forms.CharField):
    """A phone number as she writes it, kept as digits with an optional +; E.164 allows 15 of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)
        self.widget.attrs.update({"inputmode": "tel", "autocomplete": "tel"})
        self.widget.input_type = "tel"

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        digits = re.sub(r"[\s().-]", "", text)
        if text and not re.fullmatch(r"\+?[0-9]{6,15}", digits):
            raise ValidationError(_("Write the phone number with its digits only, like 71234567."), "phone")
        return digits


class RegionField(forms.ChoiceField):
    """One of the regions that the page offers."""


def field_for(question: Question, regions: Options) -> forms.Field:
    """The field that asks `question`; `regions` are the options of a question of type region."""
    field = _MAKERS[question.type](question, regions)
    field.label, field.help_text, field.required = question.label, question.help, question.required
    field.error_messages["required"] = _REQUIRED
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
        field.error_messages["required"] = field.error_messages["invalid_choice"] = _PICK
    # The widget learns `required` when the field is made, so it is told again.
    field.widget.is_required = question.required
    return field


def to_answer(value: Any) -> Answer | None:
    """A cleaned value as JSON, or None where nothing was answered."""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [str(each) for each in value] or None
    return str(value).strip() or None if value is not None else None


def region_field(options: Options, **kwargs: Any) -> RegionField:
    """Regions to choose from."""
    return RegionField(choices=_offered(options), widget=_one_of(options), **kwargs)


def _text(_question: Question, _regions: Options) -> forms.Field:
    return forms.CharField(max_length=TEXT_LENGTH)


def _long_text(_question: Question, _regions: Options) -> forms.Field:
    return forms.CharField(max_length=LONG_TEXT_LENGTH, widget=forms.Textarea({"rows": 4}))


def _email(_question: Question, _regions: Options) -> forms.Field:
    return forms.EmailField(max_length=TEXT_LENGTH, widget=forms.EmailInput({"autocomplete": "email"}))


def _phone(_question: Question, _regions: Options) -> forms.Field:
    return PhoneField()


def _date(question: Question, _regions: Options) -> forms.Field:
    return DateField(of_birth=question.fills == "birth_date")


def _whole_number(_question: Question, _regions: Options) -> forms.Field:
    # Not type=number: its arrows change the answer at a touch, and letters vanish instead of being explained.
    box = forms.TextInput({"inputmode": "numeric"})
    field = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER, widget=box)
    field.error_messages["invalid"] = _("Write it with numbers, without points or letters.")
    return field


def _yes_no(question: Question, _regions: Options) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )


def _choice(question: Question, _regions: Options) -> forms.Field:
    options = [(choice.code, choice.label) for choice in question.choices]
    return forms.ChoiceField(choices=_offered(options), widget=_one_of(options))


def _choices(question: Question, _regions: Options) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=[(choice.code, choice.label) for choice in question.choices], widget=forms.CheckboxSelectMultiple
    )


def _region(_question: Question, regions: Options) -> forms.Field:
    # Where there is one region only, it is chosen already.
    return region_field(regions, initial=regions[0][0] if len(regions) == 1 else None)


def _one_of(options: Options) -> forms.Widget:
    return forms.Select() if len(options) > MANY_CHOICES else forms.RadioSelect()


def _offered(options: Options) -> list[tuple[str, Any]]:
    empty: list[tuple[str, Any]] = [("", _("Choose…"))] if len(options) > MANY_CHOICES else []
    return [*empty, *options]


_MAKERS: dict[str, Callable[[Question, Options], forms.Field]] = {
    "text": _text,
    "long_text": _long_text,
    "email": _email,
    "phone": _phone,
    "date": _date,
    "whole_number": _whole_number,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "region": _region,
}
