"""What entries about credentials say: those of one credential, and those of a programme."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from trenza.portals.office.naming import Names
from trenza.portals.office.words import SUSPENSIONS


def _title(event: Any, names: Names) -> dict[str, Any]:
    return {"title": names.of("credential", event.credential)}


def _programme(event: Any, names: Names) -> dict[str, Any]:
    return {"programme": names.of("programme", event.programme)}


def _suspended(event: Any, names: Names) -> str:
    said = _title(event, names)
    if event.reason not in SUSPENSIONS:
        return _("The certificate “%(title)s” was suspended.") % said
    return _("The certificate “%(title)s” was suspended: %(reason)s.") % (
        said | {"reason": str(SUSPENSIONS[event.reason]).lower()}
    )


def _endorsement(event: Any, names: Names) -> dict[str, Any]:
    return {
        "organisation": names.of("organisation", event.organisation),
        "title": names.of("wording", event.wording),
    } | _programme(event, names)


def _endorsed(event: Any, names: Names) -> str:
    said = _endorsement(event, names)
    if event.here:
        return _("%(organisation)s endorsed “%(title)s” of %(programme)s.") % said
    return _("%(organisation)s endorsed “%(title)s” of %(programme)s, signed elsewhere.") % said


OF_A_CREDENTIAL: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    "credentials.credential_issued.v1": lambda event, names: (
        _("The certificate “%(title)s” was issued.") % _title(event, names)
    ),
    "credentials.credential_revoked.v1": lambda event, names: (
        _("The certificate “%(title)s” was taken back.") % _title(event, names)
    ),
    "credentials.credential_reissued.v1": lambda event, names: (
        _("The certificate “%(title)s” was issued anew, in the place of the one before.") % _title(event, names)
    ),
    "credentials.disclosure_changed.v1": lambda event, names: (
        _("Chose otherwise what others see of the certificate “%(title)s”.") % _title(event, names)
    ),
    "credentials.credential_suspended.v1": _suspended,
    "credentials.suspension_lifted.v1": lambda event, names: (
        _("The suspension of the certificate “%(title)s” was lifted.") % _title(event, names)
    ),
}
OF_ISSUING: Final[Mapping[str, Callable[[Any, Names], str]]] = {
    "credentials.issuing_continued.v1": lambda event, names: (
        _("Certificates of %(programme)s went on being issued to women who had completed before.")
        % _programme(event, names)
    ),
    "credentials.endorsement_given.v1": _endorsed,
    "credentials.endorsement_refused.v1": lambda event, names: (
        _("%(organisation)s does not endorse “%(title)s” of %(programme)s.") % _endorsement(event, names)
    ),
    "credentials.issuing_started.v1": lambda event, names: (
        _("Issuing certificates of %(programme)s to many was started.") % _programme(event, names)
    ),
    "credentials.issuing_stopped.v1": lambda event, names: (
        _("Issuing certificates of %(programme)s to many was stopped.") % _programme(event, names)
    ),
    "credentials.issuing_resumed.v1": lambda event, names: (
        _("Issuing certificates of %(programme)s to many went on.") % _programme(event, names)
    ),
    "credentials.issuing_portion_done.v1": lambda event, names: (
        _("A portion of the certificates of %(programme)s was issued.") % _programme(event, names)
    ),
}
