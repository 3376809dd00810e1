"""Inputs that browsers or Django do not give well enough."""

from typing import Any

from django.forms import SelectDateWidget
from django.utils.translation import gettext


class DateInParts(SelectDateWidget):
    """Day, month and year as three lists: for a birth date, where a phone's calendar means hundreds of taps.

    Django's own widget leaves each list without a name, so a screen reader hears only "list".
    """

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        names = {"day": gettext("Day"), "month": gettext("Month"), "year": gettext("Year")}
        for part in context["widget"]["subwidgets"]:
            part["attrs"]["aria-label"] = names[part["name"].rpartition("_")[2]]
        return context
