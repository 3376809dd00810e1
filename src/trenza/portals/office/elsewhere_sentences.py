"""What entries about certificates and gradebooks of courses elsewhere say."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trenza.portals.office.naming import Names


def _module(event: Any, names: Names) -> dict[str, Any]:
    return {"module": names.of("module", event.module)}


def _programme(event: Any, names: Names) -> dict[str, Any]:
    return {"programme": names.of("programme", event.programme)}


def _confirmed(event: Any, names: Names) -> str:
    words = ngettext(
        "A gradebook of %(programme)s is applied: %(n)s row.",
        "A gradebook of %(programme)s is applied: %(n)s rows.",
        event.rows,
    )
    return words % (_programme(event, names) | {"n": event.rows})


OF_HERS: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    "credentials.external_added.v1": lambda event, names: (
        _("A certificate of another place was handed in for “%(module)s”.") % _module(event, names)
    ),
    "credentials.external_verified.v1": lambda event, names: (
        _("The signature of her certificate for “%(module)s” was enough.") % _module(event, names)
    ),
    "credentials.external_confirmed.v1": lambda event, names: (
        _("Her certificate of another place counts for “%(module)s”.") % _module(event, names)
    ),
    "credentials.external_refused.v1": lambda event, names: (
        _("Her certificate of another place does not count for “%(module)s”.") % _module(event, names)
    ),
    "credentials.grade_row_linked.v1": lambda event, names: (
        _("A row of a gradebook was said to be hers, for “%(module)s”.") % _module(event, names)
    ),
}
OF_PROGRAMMES: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    "credentials.issuer_trusted.v1": lambda event, names: (
        _("%(programme)s trusts an issuer of certificates outside.") % _programme(event, names)
    ),
    "credentials.issuer_trust_ended.v1": lambda event, names: (
        _("%(programme)s no longer trusts an issuer of certificates outside.") % _programme(event, names)
    ),
    "credentials.gradebook_confirmed.v1": _confirmed,
    "credentials.gradebook_continued.v1": lambda event, names: (
        _("A gradebook of %(programme)s went on being applied.") % _programme(event, names)
    ),
    "credentials.grade_row_dismissed.v1": lambda event, names: (
        _("A row of a gradebook of %(programme)s was set aside.") % _programme(event, names)
    ),
}
