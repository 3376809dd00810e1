"""The words for each verdict on a certificate: what it is, what it means, and what to do."""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trenza.apps.credentials.api import Findings, StatusKnown, Trouble, Verdict

UNLISTED: Final = "unlisted"
"""Valid as far as one can see: the list of what was taken back is not at hand."""


class Words(NamedTuple):
    """`mark` is the look of its card."""

    title: str | Promise
    means: str | Promise
    do: str | Promise
    mark: str


VERDICTS: Final[dict[str, Words]] = {
    Verdict.VALID: Words(
        _("This certificate is authentic"),
        _("Whoever issued it signed every word of it, and it holds today."),
        _("Compare the name with the document of the person who shows it to you."),
        "ok",
    ),
    UNLISTED: Words(
        _("It is authentic, but we do not know whether it still holds"),
        _(
            "Whoever issued it signed every word of it. It may have been taken back "
            "since: the list that says so is missing."
        ),
        _("Check it again with a signal before you rely on it."),
        "try",
    ),
    Verdict.REVOKED: Words(
        _("This certificate was taken back"),
        _("Whoever issued it says that it no longer holds."),
        _("Do not accept it. If you think that this is a mistake, ask the programme."),
        "no",
    ),
    Verdict.SUPERSEDED: Words(
        _("Another certificate took the place of this one"),
        _("It was issued anew, because something in it was wrong. What she achieved is the same."),
        _("Ask her for the new one. Do not accept this one."),
        "no",
    ),
    Verdict.SUSPENDED: Words(
        _("This certificate is suspended"),
        _("Whoever issued it is looking into something. It may hold again, or not."),
        _("Do not rely on it now. Check it again in a few days."),
        "try",
    ),
    Verdict.EXPIRED: Words(
        _("This certificate has expired"),
        _("It is authentic, and its last day is over."),
        _("Ask whether there is a newer one."),
        "try",
    ),
    Verdict.NOT_YET: Words(
        _("This certificate does not hold yet"),
        _("It is authentic, and its first day is still to come."),
        _("If its first day is over, set the clock of your phone right and check it again."),
        "try",
    ),
    Verdict.ALTERED: Words(
        _("This certificate was altered"),
        _("Whoever it names did not sign this: something in it was changed, or somebody else made it."),
        _("Do not accept it."),
        "no",
    ),
    Verdict.UNKNOWN_ISSUER: Words(
        _("We do not know who issued it"),
        _(
            "It is signed with a key that is none of ours, or that we no longer "
            "trust. So we cannot say whether it is true."
        ),
        _("Ask whoever issued it, at an address that you know to be theirs."),
        "try",
    ),
    Verdict.UNREADABLE: Words(
        _("We cannot read this"),
        _("It is no certificate that we know, or a part of it is missing."),
        _("Take a photo of the whole square with dots, straight, near and in good light. Or write the code below it."),
        "try",
    ),
}

TROUBLES: Final[dict[Trouble, str | Promise]] = {
    Trouble.EMPTY: _("The file is empty. Choose it again."),
    Trouble.TOO_LARGE: _("The file is larger than 5 MB. Send a photo of the square with dots instead."),
    Trouble.UNKNOWN_KIND: _(
        "We read PDF, PNG, JPG, WebP and JSON, and this is none of them. Send a photo of the square with dots."
    ),
    Trouble.BROKEN: _(
        "The file cannot be opened: it is damaged. Ask for it again, or send a photo of the square with dots."
    ),
    Trouble.LOCKED: _("The PDF has a password. Save it without one and try again."),
    Trouble.NO_CREDENTIAL: _(
        "There is no certificate inside this PDF: it may be a copy. Send a photo of its square with dots."
    ),
    Trouble.NO_CODE: _(
        "We found no square with dots that we can read. Take a photo of all of it, straight, near and in good light."
    ),
    Trouble.TOO_MANY_PIXELS: _(
        "The picture is too large. Take it again with less size, or cut out the square with dots."
    ),
    Trouble.BUSY: _("Many are checking certificates at this moment. Try again in a minute."),
}


def name_of(findings: Findings) -> str:
    """Which of VERDICTS it is."""
    is_open = findings.verdict is Verdict.VALID and findings.status is StatusKnown.NOT_AT_HAND
    return UNLISTED if is_open else findings.verdict
