"""What states and findings of certificates from elsewhere are called in the office."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from trenza.apps.credentials.api import (
    AppliedAlready,
    DecidedAlready,
    Finding,
    GivenAlready,
    MetAlready,
    NoDidDocument,
    NoReason,
    NothingToApply,
    NotOfHerTrack,
    StatusKnown,
    TooManyFiles,
    Verdict,
)
from trenza.core.errors import DomainError

Words = str | Promise

EXTERNAL_STATES: Mapping[str, Words] = {
    "waiting": pgettext_lazy("certificate from elsewhere", "Waits for somebody to look at it"),
    "verified": pgettext_lazy("certificate from elsewhere", "Counts: its signature was enough"),
    "confirmed": pgettext_lazy("certificate from elsewhere", "Counts: somebody confirmed it"),
    "refused": pgettext_lazy("certificate from elsewhere", "Does not count"),
}
KINDS: Mapping[str, Words] = {
    "pdf": gettext_lazy("A PDF"),
    "png": gettext_lazy("A picture (PNG)"),
    "jpeg": gettext_lazy("A photo"),
    "json": gettext_lazy("A digital badge"),
}
ROW_STATES: Mapping[str, Words] = {
    "ready": pgettext_lazy("row of a gradebook", "Will complete the module"),
    "done": pgettext_lazy("row of a gradebook", "Completed the module"),
    "met": pgettext_lazy("row of a gradebook", "Had the module already"),
    "not_passed": pgettext_lazy("row of a gradebook", "Not passed"),
    "unmatched": pgettext_lazy("row of a gradebook", "Matches nobody"),
    "outside": pgettext_lazy("row of a gradebook", "Enrolled outside your scope"),
    "twice": pgettext_lazy("row of a gradebook", "Stands twice in the file"),
    "known": pgettext_lazy("row of a gradebook", "Waits already, or was set aside before"),
    "odd": pgettext_lazy("row of a gradebook", "Cannot be read"),
    "dismissed": pgettext_lazy("row of a gradebook", "Set aside"),
}
FILES_REFUSED: Mapping[str, Words] = {
    "empty": gettext_lazy("The file is empty. Choose another one."),
    "large": gettext_lazy("The file is larger than 5 MB. A photo of the certificate is enough."),
    "kind": gettext_lazy("This is no PDF, no picture (JPEG or PNG) and no digital badge (JSON). Choose one of these."),
    "badge": gettext_lazy(
        "This JSON is cut off, broken or no Open Badge. Ask for the badge as its issuer gives it out, or hand in the"
        " PDF or a photo."
    ),
}
DIDS_REFUSED: Mapping[str, Words] = {
    "unreadable": gettext_lazy(
        "This is no DID document with an Ed25519 key (Multikey) for statements. Ask the issuer for its did.json."
    ),
    "ours": gettext_lazy("This is an issuer of this installation: its keys are known already."),
    "name": gettext_lazy("Write the name of the issuer."),
}
REFUSALS: Mapping[type[DomainError], Words] = {
    GivenAlready: gettext_lazy("This file was handed in for this course before. Nothing was changed."),
    TooManyFiles: gettext_lazy("Several certificates of hers wait already. Decide about those first."),
    MetAlready: gettext_lazy("She has met this module already. Nothing was changed."),
    NotOfHerTrack: gettext_lazy("This course meets no module of the track in which she is. Nothing was changed."),
    DecidedAlready: gettext_lazy("Somebody decided about it in the meantime. Nothing was changed."),
    NoReason: gettext_lazy("Write the reason, in 4 to 500 characters. Nothing was changed."),
    NothingToApply: gettext_lazy("No row of this gradebook completes anything. Nothing was changed."),
    AppliedAlready: gettext_lazy("This gradebook was applied already. Nothing was changed."),
    NoDidDocument: DIDS_REFUSED["unreadable"],
}
_VERDICTS: Mapping[str, Words] = {
    "": gettext_lazy("The file holds no digital signature that we can read."),
    Verdict.UNREADABLE: gettext_lazy("What it holds is no credential of Open Badges 3.0."),
    Verdict.ALTERED: gettext_lazy("It was altered, or its issuer did not sign it. Be careful."),
    Verdict.UNKNOWN_ISSUER: gettext_lazy("It is signed by somebody whom this programme does not trust yet."),
    Verdict.REVOKED: gettext_lazy("Its issuer took it back."),
    Verdict.SUSPENDED: gettext_lazy("Its issuer suspended it."),
    Verdict.NOT_YET: gettext_lazy("It is not valid yet."),
    Verdict.EXPIRED: gettext_lazy("It has expired."),
    Verdict.VALID: gettext_lazy("Its signature is good, and it is within its days."),
}


def said_of(finding: Finding, *, others: int) -> Iterator[str]:
    """What was found in a file, in sentences."""
    yield str(_VERDICTS.get(finding.verdict, _VERDICTS[Verdict.REVOKED]))
    if finding.verdict not in ("", Verdict.UNREADABLE):
        if finding.issuer:
            issuer = f"{finding.issuer_name} ({finding.issuer})" if finding.issuer_name else finding.issuer
            yield _("It says that it is of %(issuer)s.") % {"issuer": issuer}
        if finding.achievement:
            yield _("It is for “%(achievement)s”.") % {"achievement": finding.achievement}
        yield _("It names her.") if finding.is_hers else _("It names somebody else, or nobody.")
        if not finding.is_course:
            yield _("It is for another course than this one.")
        if finding.status == StatusKnown.NOT_AT_HAND:
            yield _("Whether its issuer took it back is not known here.")
    if others:
        yield ngettext(
            "%(n)s other person handed in the very same file.",
            "%(n)s other people handed in the very same file.",
            others,
        ) % {"n": others}
