"""The link by which a guardian answers: signed, for two weeks, once. It names nobody."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from trenza.apps.people import outbox
from trenza.apps.people.models import Guardianship
from trenza.core import clock

DAYS: Final = 14
_SALT: Final = "people.guardian"


def link_of(guardianship: Guardianship) -> str:
    """The address of the page on which she answers, as of the newest link that was counted."""
    return f"{settings.PUBLIC_URL}{reverse('guardian_answer', args=[token_of(guardianship)])}"


def token_of(guardianship: Guardianship) -> str:
    """What the newest link that was counted ends with."""
    until = int((clock.now() + timedelta(days=DAYS)).timestamp())
    content = {"g": guardianship.pk.hex, "n": guardianship.links, "u": until}
    return signing.Signer(salt=_SALT).sign_object(content, compress=False)


def open_link(token: str) -> Guardianship | None:
    """Whose link it is, if it is one of ours and not too old. Whether it still works, `answer_as_guardian` says:
    `links` of what is returned is the number that the link has."""
    try:
        content = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    if content["u"] < clock.now().timestamp():
        return None
    found = Guardianship.objects.select_related("person").filter(pk=UUID(hex=content["g"])).first()
    if found:
        found.links = content["n"]
    return found


def waits_for_answer(token: str) -> Guardianship | None:
    """Whose link it is, if it can be answered now."""
    found = open_link(token)
    if found is None or found.state != Guardianship.State.ASKED:
        return None
    newest = Guardianship.objects.filter(pk=found.pk, links=found.links).exists()
    return found if newest else None


def mail_request_link(*, to: str, token: str, language: str) -> None:
    """Send the link of a request that `keep_request` sealed."""
    link = f"{settings.PUBLIC_URL}{reverse('guardian_request', args=[token])}"
    outbox.send_guardian_link(to=to, link=link, days=DAYS, language=language)


def mail_link(guardianship: Guardianship) -> None:
    """Send the newest link. Nobody writes to the guardian of somebody made up."""
    if not guardianship.person.synthetic:
        outbox.send_guardian_link(
            to=guardianship.email, link=link_of(guardianship), days=DAYS, language=guardianship.person.language
        )
