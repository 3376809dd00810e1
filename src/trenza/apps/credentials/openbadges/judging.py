"""What the compact form of a QR code is worth, by the same verdicts as a whole credential (`verifying.py`).

assets/apart/compact.js judges alike on a phone that has no signal.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from trenza.apps.credentials.openbadges import status_lists
from trenza.apps.credentials.openbadges.compact import Compact, Sealed
from trenza.apps.credentials.openbadges.verifying import Findings, Known, Verdict, standing, status_of

PURPOSES: Final = ("revocation", "suspension")
_LAST_DAY: Final = date(9999, 1, 1)
_FIRST_ZONE, _LAST_ZONE = timedelta(hours=14), timedelta(hours=12)
"""A day begins somewhere on earth so long before it does in UTC, and is over everywhere so long after."""


def judge(sealed: Sealed, known: Known, *, now: datetime) -> Findings:
    """One verdict, and what it says."""
    said = sealed.compact
    signer = known.signer(sealed.kid)
    if signer is None:
        return _findings(Verdict.UNKNOWN_ISSUER, said)
    if not sealed.is_held_by(signer.key):
        return _findings(Verdict.ALTERED, said)
    addresses = {purpose: known.status_address(said.list, purpose) for purpose in PURPOSES}
    entries = [status_lists.entry(address, said.index, purpose) for purpose, address in addresses.items()]
    status, bits, at = status_of(entries, signer.did, known)
    found = _findings(Verdict.VALID, said)
    end = _moment(min(said.until, _LAST_DAY)) + timedelta(days=1) + _LAST_ZONE if said.until else None
    return Findings(
        standing(bits, _moment(said.issued) - _FIRST_ZONE, end, now), issuer=signer.did, issuer_name=signer.name,
        achievement=found.achievement, id=found.id, recipient=found.recipient, valid_from=found.valid_from,
        valid_until=found.valid_until, status=status, status_at=at,
    )  # fmt: skip


def _findings(verdict: Verdict, said: Compact) -> Findings:
    return Findings(
        verdict, achievement=f"{said.title} · {said.programme}", id=said.code, recipient=said.name,
        valid_from=_moment(said.issued), valid_until=_moment(said.until) if said.until else None,
    )  # fmt: skip


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
