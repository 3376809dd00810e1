"""What somebody holds in her hand, judged by what is known here: a file, a photo, a text, a code."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from trenza.apps.credentials import codes
from trenza.apps.credentials.extracting import texts_in
from trenza.apps.credentials.models import Credential
from trenza.apps.credentials.openbadges.compact import Sealed
from trenza.apps.credentials.openbadges.judging import judge
from trenza.apps.credentials.openbadges.presenting import read_presented
from trenza.apps.credentials.openbadges.reading import Unreadable
from trenza.apps.credentials.openbadges.verifying import Findings, Known, Verdict, verify
from trenza.core import clock

_WORST_FIRST: Final = list(Verdict)


@dataclass(frozen=True)
class Checked:
    """What one text is worth. `code` leads to the page of a certificate of ours, which is `held`; a text that was
    nothing but a code has no findings: its page says all. The short form (`is_short`) states days, and no moments."""

    findings: Findings | None
    code: str = ""
    held: Credential | None = None
    is_short: bool = False

    @property
    def since(self) -> date | None:
        """Its first day: of ours where the edition runs, of others in UTC (`is_in_utc`)."""
        return self.held.issued_on if self.held else _day(self.findings.valid_from if self.findings else None)

    @property
    def until(self) -> date | None:
        """Its last day, likewise."""
        return self.held.last_day if self.held else _day(self.findings.valid_until if self.findings else None)

    @property
    def is_in_utc(self) -> bool:
        """Whether where it was issued those days may have been others."""
        return self.held is None and not self.is_short


def check_file(data: bytes, known: Known) -> list[Checked]:
    """All that the file presents, the worst first: one good credential in it does not make up for a bad one.

    Raises:
        NothingFound: there is nothing to judge.
    """
    return check_texts(texts_in(data), known)


def check_texts(texts: Sequence[str], known: Known) -> list[Checked]:
    """The same for texts; what is no credential at all is left out where another one is."""
    found = list(dict.fromkeys(_check(text, known) for text in texts))
    judged = [each for each in found if each.findings and each.findings.verdict is not Verdict.UNREADABLE]
    seen = {each.code for each in judged}
    pointed = [each for each in found if not each.findings and each.code not in seen]
    judged.sort(key=lambda each: _WORST_FIRST.index(each.findings.verdict) if each.findings else 0)
    return [*judged, *pointed] or found[:1]


def _check(text: str, known: Known) -> Checked:
    code = None if "#" in text or text.startswith("{") else codes.code_in(text)
    if code:
        return Checked(None, code)
    try:
        presented = read_presented(text)
    except Unreadable:
        return Checked(Findings(Verdict.UNREADABLE))
    now = clock.now()
    if isinstance(presented, Sealed):
        findings = judge(presented, known, now=now)
        return replace(_as_known_here(findings, findings.id), is_short=True)
    findings = verify(presented, known, now=now)
    return _as_known_here(findings, codes.code_of(findings.id))


def _day(moment: datetime | None) -> date | None:
    try:
        return moment.astimezone(UTC).date() if moment else None
    except OverflowError:  # no calendar has that day
        return None


def _as_known_here(findings: Findings, code: str) -> Checked:
    """Others call superseded what we do: for their lists it is revoked (`publishing.py`)."""
    signed = findings.verdict not in (Verdict.ALTERED, Verdict.UNKNOWN_ISSUER, Verdict.UNREADABLE)
    ours = Credential.objects.select_related("person", "enrolment__edition")
    held = ours.filter(code=code).first() if code and signed else None
    if held and findings.verdict is Verdict.REVOKED and held.state == Credential.State.SUPERSEDED:
        findings = replace(findings, verdict=Verdict.SUPERSEDED)
    return Checked(findings, code if held else "", held)
