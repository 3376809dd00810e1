"""Who took a woman down in person, and how: on her application, in the filter and in the export of the list."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import Application, TakenDown, taken_down

EXPORTED = (
    Column("taken_down_by", label=gettext_lazy("Taken down by"), accessor=lambda row: _who(row.taken_down)),
    Column(
        "taken_down_on",
        label=gettext_lazy("Taken down on what"),
        accessor=lambda row: in_words(row.taken_down, row) if row.taken_down else "",
    ),
)
"""For rows that `know` has seen."""


def know(applications: Sequence[Any]) -> None:
    """Give each application its `taken_down`, None where nobody took it down. Two queries."""
    found = taken_down(applications)
    for each in applications:
        each.taken_down = found.get(each.pk)


def of(application: Application) -> tuple[str, str] | None:
    """Who took it down and on what, in words; None where nobody did. Two queries at most."""
    found = taken_down([application]).get(application.pk)
    return (_who(found), in_words(found, application)) if found else None


def in_words(found: TakenDown, application: Application) -> str:
    """On what, and when; moments as they are where the call is."""
    zone = application.call.zone
    facts: dict[str, Any] = {"at": date_format(localtime(found.at, zone), "SHORT_DATETIME_FORMAT")}
    if found.paper_on:
        facts["day"] = date_format(found.paper_on, "SHORT_DATE_FORMAT")
        return _("On a sheet of %(day)s, typed in on %(at)s") % facts
    if found.written_at:
        facts["wrote"] = date_format(localtime(found.written_at, zone), "SHORT_DATETIME_FORMAT")
        return _("On a phone without a signal on %(wrote)s, arrived on %(at)s") % facts
    return _("On the page, on %(at)s") % facts


def _who(found: TakenDown | None) -> str:
    if found is None:
        return ""
    return found.by.name if found.by else _("somebody of the team")
