"""What a credential lets others see, as she chose: her name or her initials, and the links that she shows."""

from typing import Any, Final

from django.conf import settings

from trenza.apps.credentials.models import Credential, Disclosure, PublicPage

PAGE_PATH: Final = "certificados-de"


def choice_of(credential: Credential) -> Disclosure:
    """What she chose, or what holds without a choice; that is not saved. No query where it was selected along."""
    found: Disclosure | None = getattr(credential, "disclosure", None)
    return found or Disclosure(credential_id=credential.pk)


def public_name_of(credential: Credential) -> str:
    """The name that the credential's public page shows: whole, or initials. Empty where it was taken back or
    superseded, or her name was erased."""
    if not credential.is_valid:
        return ""
    initials = choice_of(credential).name == Disclosure.Name.INITIALS
    return initials_of(credential.name) if initials else credential.name


def public_evidence_of(credential: Credential) -> list[dict[str, str]]:
    """The links that its public page shows, `{"name": …, "url": …}`; none without her consent, and none where it holds
    no more."""
    return evidence_of(credential) if credential.is_valid else []


def public_document(credential: Credential, document: dict[str, Any] | None) -> dict[str, Any] | None:
    """The signed document where it says no more than what she lets others see by now; None until it is signed anew."""
    if document is None or not credential.is_valid:
        return None
    hashed = [each.get("hashed") for each in document["credentialSubject"]["identifier"]]
    shown = [{"name": each["name"], "url": each["id"]} for each in document.get("evidence", [])]
    if (is_hashed(credential) and not all(hashed)) or shown != evidence_of(credential):
        return None
    return document


def is_hashed(credential: Credential) -> bool:
    """Whether the signed credential bears her name as a hash."""
    return choice_of(credential).identity == Disclosure.Identity.HASHED


def evidence_of(credential: Credential) -> list[dict[str, str]]:
    """What the signed credential states as evidence."""
    chosen = choice_of(credential)
    return list(chosen.evidence) if chosen.evidence_shown else []


def is_listed(credential: Credential) -> bool:
    """Whether it stands on her public page, where she has one."""
    return choice_of(credential).listed and credential.is_valid


def initials_of(name: str) -> str:
    """The first letters of the words that are names: "Ana María de la Cruz" gives "A. M. C."."""
    words = [word for word in name.split() if word[0].isalnum()]
    named = [word for word in words if word[0].isupper()] or words
    return " ".join(f"{word[0].upper()}." for word in named)


def page_url(page: PublicPage) -> str:
    """The address that she gives to whoever may see it."""
    return f"{settings.PUBLIC_URL}/{PAGE_PATH}/{page.code}/"
