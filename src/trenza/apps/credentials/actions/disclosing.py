"""What she lets others see of a credential of hers, and her public page."""

import re
from collections.abc import Sequence
from typing import Any, Final

from trenza.apps.credentials import rules
from trenza.apps.credentials.codes import LENGTH
from trenza.apps.credentials.disclosed import choice_of, evidence_of
from trenza.apps.credentials.errors import HoldsNoMore, NotEvidence
from trenza.apps.credentials.events import DisclosureChanged, PublicPageChanged
from trenza.apps.credentials.models import Credential, Disclosure, PublicPage, SignedCredential
from trenza.apps.credentials.openbadges.documents import Evidence
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.ids import new_secret_code
from trenza.core.journal import action, record

MOST_EVIDENCE: Final = 3
LONGEST_ADDRESS: Final = 400
LONGEST_LABEL: Final = 80
ADDRESS: Final = re.compile(r"https://[^\s<>\"{}|\\^`/?#]+(?:[/?#][^\s<>\"{}|\\^`]*)?")


@action
def disclose(
    *,
    credential: Credential,
    name: Disclosure.Name,
    identity: Disclosure.Identity,
    evidence: Sequence[Evidence],
    evidence_shown: bool,
    listed: bool,
    by: Person,
) -> bool:
    """Choose what others see of it; what it says is signed anew where that changes. False when all was so already.

    Who shows only her initials has her name in the signed credential as a hash, whatever `identity` says: whoever has
    the address may read both.

    Raises:
        NotAllowed: it is not hers.
        HoldsNoMore: it was revoked or superseded.
        NotEvidence: as it says.
    """
    rules.own_credentials.require(by, credential)
    _ensure_evidence(evidence)
    held = Credential.objects.select_for_update(of=("self",)).select_related("enrolment", "disclosure")
    found = held.get(pk=credential.pk)
    if not found.is_valid:
        raise HoldsNoMore
    wanted: dict[str, Any] = {
        "name": name,
        "identity": Disclosure.Identity.HASHED if name == Disclosure.Name.INITIALS else identity,
        "evidence": [{"name": each.name, "url": each.url} for each in evidence],
        "evidence_shown": evidence_shown and bool(evidence),
        "listed": listed,
    }
    chosen = choice_of(found)
    before = (chosen.identity, evidence_of(found))
    if all(getattr(chosen, field) == value for field, value in wanted.items()):
        return False
    for field, value in wanted.items():
        setattr(chosen, field, value)
    chosen.changed_at = clock.now()
    chosen.save()
    if before != (chosen.identity, chosen.evidence if chosen.evidence_shown else []):
        signed = SignedCredential.objects.filter(credential=found).exclude(document=b"")
        signed.update(stale_since=chosen.changed_at)
    record(DisclosureChanged(credential=found.pk), by=by.pk, about=found.person_id, edition=found.enrolment.edition_id)
    return True


@action
def open_public_page(*, person: Person, by: Person) -> PublicPage:
    """Her page, under a code that nobody can guess. One that is open stays as it is.

    Raises:
        NotAllowed: `by` is somebody else.
    """
    _ensure_herself(person, by)
    page, made = PublicPage.objects.get_or_create(
        person=person, defaults={"code": new_secret_code(LENGTH), "opened_at": clock.now()}
    )
    if made:
        record(PublicPageChanged(opened=True), by=by.pk, about=person.pk)
    return page


@action
def close_public_page(*, person: Person, by: Person) -> bool:
    """Its address leads nowhere from now on. False where there was none.

    Raises:
        NotAllowed: `by` is somebody else.
    """
    _ensure_herself(person, by)
    closed, _rows = PublicPage.objects.filter(person=person).delete()
    if closed:
        record(PublicPageChanged(opened=False), by=by.pk, about=person.pk)
    return bool(closed)


def carry_over(old: Credential, new: Credential) -> None:
    """What she chose for a credential holds for the one in its place. Part of an action."""
    for chosen in Disclosure.objects.filter(credential=old):
        Disclosure.objects.create(
            credential=new, name=chosen.name, identity=chosen.identity, evidence=chosen.evidence,
            evidence_shown=chosen.evidence_shown, listed=chosen.listed, changed_at=chosen.changed_at,
        )  # fmt: skip


def _ensure_herself(person: Person, by: Person) -> None:
    if by.pk != person.pk:
        raise NotAllowed


def _ensure_evidence(evidence: Sequence[Evidence]) -> None:
    if len(evidence) > MOST_EVIDENCE:
        raise NotEvidence
    for each in evidence:
        if not 0 < len(each.name) <= LONGEST_LABEL or not each.name.isprintable():
            raise NotEvidence
        if len(each.url) > LONGEST_ADDRESS or not ADDRESS.fullmatch(each.url) or not each.url.isprintable():
            raise NotEvidence
