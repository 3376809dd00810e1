"""What entries about accompaniment say: who tried to reach her, and what trainers asked."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trenza.apps.accompaniment.api import Category, Channel, Outcome
from trenza.portals.office.naming import Names


def _attempted(event: Any, names: Names) -> str:
    channels: dict[str, Any] = dict(Channel.choices)
    outcomes: dict[str, Any] = dict(Outcome.choices)
    said = {
        "channel": str(channels.get(event.channel, event.channel)).lower(),
        "outcome": str(outcomes.get(event.outcome, event.outcome)).lower(),
    }
    if event.call_back_on is None:
        return _("Somebody tried to reach her: %(channel)s, %(outcome)s.") % said
    day = date_format(event.call_back_on, "SHORT_DATE_FORMAT")
    return _("Somebody tried to reach her: %(channel)s, %(outcome)s (%(day)s).") % (said | {"day": day})


def _asked(event: Any, names: Names) -> str:
    categories: dict[str, Any] = dict(Category.choices)
    return _("Asked the team: %(about)s.") % {"about": str(categories.get(event.category, event.category)).lower()}


def _answered(event: Any, names: Names) -> str:
    if event.findable:
        return _("The team answered, and other trainers may find the answer.")
    return _("The team answered.")


OF_HER: Final[Mapping[str, Callable[[Any, Names], str]]] = {"accompaniment.contact_attempted.v1": _attempted}
OF_INQUIRIES: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    "accompaniment.inquiry_made.v1": _asked,
    "accompaniment.inquiry_answered.v1": _answered,
}
