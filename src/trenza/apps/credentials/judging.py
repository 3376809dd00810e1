"""What a certificate from elsewhere is worth by itself: whether its signature makes a person's look needless.

Enough is: a document of Open Badges 3.0 that an issuer signed who is trusted here, valid and within its days, about
this very person, stating this very course, whose status is known. Anything less waits for a person, who is told what
was found. Nothing that a document names is ever fetched.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import msgspec

from trenza.apps.credentials.models import TrustedIssuer
from trenza.apps.credentials.openbadges import keys
from trenza.apps.credentials.openbadges.keys import PublicKey
from trenza.apps.credentials.openbadges.reading import Unreadable, read_document
from trenza.apps.credentials.openbadges.verifying import Known, StatusKnown, Verdict, verify
from trenza.apps.credentials.queries import known_here
from trenza.apps.people.api import Account, Person
from trenza.apps.programmes.api import Enrolment, ExternalCourse, Programme
from trenza.core import clock
from trenza.core.words import folded

_MOST_DOCUMENTS: Final = 4
_MOST_IDENTITIES: Final = 8
_LONGEST: Final = 200
_BEST_LAST: Final = list(Verdict)


class Finding(msgspec.Struct, frozen=True):
    """What was found in a file; `verdict` is blank where it holds no document."""

    verdict: str = ""
    issuer: str = ""
    issuer_name: str = ""
    achievement: str = ""
    status: str = ""
    is_hers: bool = False
    is_course: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether nobody needs to look at it."""
        known = self.status in (StatusKnown.CHECKED, StatusKnown.NONE)
        return self.verdict == Verdict.VALID and known and self.is_hers and self.is_course


def documents_in(content: bytes) -> list[dict[str, Any]]:
    """The documents in a file that may be credentials: the one place that knows how files carry them."""
    try:
        return [read_document(content)]
    except Unreadable:
        return []


def judge(content: bytes, enrolment: Enrolment, course: ExternalCourse) -> Finding:
    """The best that the documents of this file say of her and of the course."""
    known = known_in(enrolment.edition.programme)
    found = [_judged(each, enrolment, course, known) for each in documents_in(content)[:_MOST_DOCUMENTS]]
    return max(found, key=_worth, default=Finding())


def known_in(programme: Programme) -> Known:
    """What is known without asking anybody: our own issuers, and those outside that the programme trusts."""
    ours = known_here()
    outside: dict[str, str] = {}
    for row in TrustedIssuer.objects.filter(programme=programme, ended_at=None):
        outside |= row.keys
    return replace(ours, method=_method(ours.method, outside))


def _method(ours: Callable[[str], PublicKey | None], outside: Mapping[str, str]) -> Callable[[str], PublicKey | None]:
    def find(method: str) -> PublicKey | None:
        return ours(method) or (keys.read_public(outside[method]) if method in outside else None)

    return find


def _worth(finding: Finding) -> tuple[bool, int, int]:
    return finding.is_enough, finding.is_hers + finding.is_course, _BEST_LAST.index(Verdict(finding.verdict))


def _judged(document: dict[str, Any], enrolment: Enrolment, course: ExternalCourse, known: Known) -> Finding:
    findings = verify(document, known, now=clock.now())
    subject = document.get("credentialSubject")
    subject = subject if isinstance(subject, dict) else {}
    readable = findings.verdict != Verdict.UNREADABLE
    return Finding(
        verdict=findings.verdict.value,
        issuer=findings.issuer[:_LONGEST],
        issuer_name=findings.issuer_name[:_LONGEST],
        achievement=findings.achievement[:_LONGEST],
        status=findings.status.value,
        is_hers=readable and _is_hers(subject, enrolment.person),
        is_course=readable and _is_course(subject.get("achievement"), course),
    )


def _is_course(achievement: Any, course: ExternalCourse) -> bool:
    if not isinstance(achievement, dict):
        return False
    if course.achievement:
        return achievement.get("id") == course.achievement
    name = achievement.get("name")
    return isinstance(name, str) and folded(name) == folded(course.name)


def _is_hers(subject: dict[str, Any], person: Person) -> bool:
    """Whether one of its identities is one of her names or addresses, plain or as a salted hash."""
    names = {each for each in (person.name_on_certificate, person.name) if each}
    addresses = set(Account.objects.filter(person=person).exclude(email=None).values_list("email", flat=True))
    mine: dict[str, set[str]] = {"name": names, "emailAddress": {each for each in addresses if each}}
    for identity in _identities(subject):
        kind, stated, salt = (identity.get(key) for key in ("identityType", "identityHash", "salt"))
        if not isinstance(kind, str) or not isinstance(stated, str) or not mine.get(kind):
            continue
        if identity.get("hashed") is True:
            if any(_hashes_to(each, salt, stated) for each in mine[kind]):
                return True
        elif folded(stated) in {folded(each) for each in mine[kind]}:
            return True
    return False


def _hashes_to(value: str, salt: Any, stated: str) -> bool:
    salted = f"{value}{salt if isinstance(salt, str) else ''}".encode()
    return hmac.compare_digest(f"sha256${hashlib.sha256(salted).hexdigest()}".encode(), stated.lower().encode())


def _identities(subject: dict[str, Any]) -> Iterator[dict[str, Any]]:
    stated = subject.get("identifier")
    for each in (stated if isinstance(stated, list) else [stated])[:_MOST_IDENTITIES]:
        if isinstance(each, dict):
            yield each


def as_json(finding: Finding) -> dict[str, Any]:
    """For a column."""
    kept: dict[str, Any] = json.loads(msgspec.json.encode(finding))
    return kept


def from_json(kept: Mapping[str, Any]) -> Finding:
    """What `as_json` gave; empty where it was erased."""
    return msgspec.convert(dict(kept), Finding)
