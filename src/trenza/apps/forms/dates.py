"""A date in three small boxes: day, month and year. A calendar that starts this month is a torment on a cheap phone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_EARLIEST = 1900
_LATEST = 2200


class DateInParts(forms.MultiWidget):
    """Three boxes with a label each. What was typed stays as it was typed, right or wrong."""

    template_name = "forms/date_in_parts.html"
    use_fieldset = True

    def __init__(self, *, of_birth: bool = False) -> None:
        parts = {"day": 2, "month": 2, "year": 4}
        super().__init__(
            {
                part: forms.TextInput({"inputmode": "numeric", "maxlength": length} | _autocomplete(part, of_birth))
                for part, length in parts.items()
            }
        )

    def decompress(self, value: Any) -> list[str | None]:
        if isinstance(value, str) and value:
            value = date.fromisoformat(value)
        return [str(value.day), str(value.month), str(value.year)] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        labels = (_("Day"), _("Month"), _("Year"))
        context["parts"] = list(zip(labels, context["widget"]["subwidgets"], strict=True))
        return context


class DateField(forms.MultiValueField):
    """A date that exists; its errors say which part to look at."""

    def __init__(self, *, of_birth: bool = False, **kwargs: Any) -> None:
        super().__init__(
            fields=[forms.CharField(required=False) for _part in range(3)],
            widget=DateInParts(of_birth=of_birth),
            require_all_fields=False,
            **kwargs,
        )

    def compress(self, data_list: Sequence[str]) -> date | None:
        if not any(data_list):
            return None
        try:
            day, month, year = (int(part) for part in data_list)
        except ValueError:
            raise ValidationError(_("Write day, month and year with numbers, like 7, 3, 1995."), "numbers") from None
        if len(data_list[2].strip()) != 4 or not _EARLIEST <= year <= _LATEST:
            raise ValidationError(_("Write the year with its four numbers, like 1995."), "year")
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(_("That day does not exist. Check the day and the month."), "day") from None


def _autocomplete(part: str, of_birth: bool) -> dict[str, str]:
    return {"autocomplete": f"bday-{part}"} if of_birth else {}
