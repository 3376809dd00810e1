"""What entries about centres say: those of the centre itself, and those of who came there."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trenza.portals.office.naming import Names
from trenza.portals.office.place_words import CENTRE_FIELDS, KINDS, PURPOSES


def _changed(event: Any, names: Names) -> str:
    fields = dict.fromkeys(str(CENTRE_FIELDS.get(each, each)) for each in event.fields)
    return _("Data changed: %(fields)s.") % {"fields": get_text_list(list(fields), _("and"))}


def _hours(event: Any, names: Names) -> str:
    return _("New opening hours.") if event.hours else _("Its opening hours were taken away.")


def _thing(event: Any, names: Names) -> dict[str, Any]:
    return {"code": names.of("equipment", event.equipment), "centre": names.of("centre", event.centre)}


def _added(event: Any, names: Names) -> str:
    return _("“%(code)s” was added (%(kind)s).") % (
        _thing(event, names) | {"kind": str(KINDS.get(event.kind, event.kind)).lower()}
    )


def _brought_in(event: Any, names: Names) -> str:
    sentence = ngettext("%(n)s Wi-Fi voucher was brought in.", "%(n)s Wi-Fi vouchers were brought in.", event.vouchers)
    return sentence % {"n": event.vouchers}


def _lent(event: Any, names: Names) -> str:
    return _("Borrowed “%(code)s” of %(centre)s until %(day)s.") % (
        _thing(event, names) | {"day": date_format(event.due_on, "SHORT_DATE_FORMAT")}
    )


def _visit(event: Any, names: Names) -> str:
    return _("Came to %(centre)s on %(day)s: %(purpose)s.") % {
        "centre": names.of("centre", event.centre),
        "day": date_format(event.day, "SHORT_DATE_FORMAT"),
        "purpose": str(PURPOSES.get(event.purpose, event.purpose)).lower(),
    }


OF_A_CENTRE: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    "places.centre_opened.v1": lambda event, names: _("The centre was opened."),
    "places.centre_changed.v1": _changed,
    "places.opening_hours_set.v1": _hours,
    "places.centre_closed.v1": lambda event, names: _("The centre was closed."),
    "places.centre_reopened.v1": lambda event, names: _("The centre was opened again."),
    "places.equipment_added.v1": _added,
    "places.equipment_retired.v1": lambda event, names: (
        _("“%(code)s” is no longer of the centre.") % _thing(event, names)
    ),
    "places.vouchers_imported.v1": _brought_in,
    "sync.hub_pairing_opened.v1": lambda event, names: _("A code was given to pair a hub of the centre."),
    "sync.hub_paired.v1": lambda event, names: _("A hub of the centre was paired."),
    "sync.hub_rows_changed.v1": lambda event, names: _("The hub was told what is new at its cell."),
    "sync.hub_revoked.v1": lambda event, names: _("The access of the centre's hub was taken away."),
}
OF_WHO_CAME: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    "places.member_added.v1": lambda event, names: (
        _("Comes to %(centre)s.") % {"centre": names.of("centre", event.centre)}
    ),
    "places.member_ended.v1": lambda event, names: (
        _("Does not come to %(centre)s any more.") % {"centre": names.of("centre", event.centre)}
    ),
    "places.equipment_lent.v1": _lent,
    "places.equipment_returned.v1": lambda event, names: (
        _("Brought back “%(code)s” of %(centre)s.") % _thing(event, names)
    ),
    "places.voucher_given.v1": lambda event, names: (
        _("Was given a Wi-Fi voucher in %(centre)s.") % {"centre": names.of("centre", event.centre)}
    ),
    "places.visit_noted.v1": _visit,
    "places.visit_taken_back.v1": lambda event, names: (
        _("A visit to %(centre)s was noted by mistake.") % {"centre": names.of("centre", event.centre)}
    ),
}
