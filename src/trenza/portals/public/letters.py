"""A letter: an application that a phone sealed without a signal (docs/decisions/0029). It is opened, read by the same
form as on the page, and handed on; nothing in it is believed beyond what a page could have said."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from django.core import signing
from django.http import QueryDict

from trenza.apps.admissions.api import Call, ConsentText, Letter, take_letter
from trenza.apps.forms.api import code_for
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.sealing import PUBLIC_BYTES, SECRET_BYTES, CannotOpen, Record, open_record
from trenza.portals.public.consent import CONSENT
from trenza.portals.public.forms import ApplicationForm
from trenza.portals.public.outreach_forms import OutreachForm

MOST_BYTES: Final = 64 * 1024
_TOKEN: Final = "trenza.outreach"
_TOKEN_SECONDS: Final = 7 * 24 * 3_600


class Unreadable(Exception):
    """It was not sealed for this cell, or is no letter; sending it again is no use."""


class Sent(msgspec.Struct, forbid_unknown_fields=True):
    """What a phone posts: the letter's id and its secret, and the sealed record; bytes are base64url."""

    v: int
    id: str
    secret: str
    session: str
    sealed: str


@dataclass(frozen=True)
class Opened:
    """What was sealed. `bringer` is the token of who took her down; empty where she wrote herself."""

    written_at: datetime
    call: UUID
    typed: str
    consent: int
    bringer: str


def token_of(person: Person) -> str:
    """What a phone seals into letters of who takes others down: valid for a week, for nothing else."""
    until = int(clock.now().timestamp()) + _TOKEN_SECONDS
    return signing.dumps([person.pk.hex, until], salt=_TOKEN)


def read(body: bytes) -> tuple[UUID, bytes, Opened]:
    """The letter's id, its secret, and what is in it.

    Raises:
        Unreadable: see there.
    """
    try:
        sent = msgspec.json.decode(body, type=Sent)
        letter, secret = UUID(hex=sent.id), _bytes(sent.secret)
        record = Record(letter, _bytes(sent.session), 1, 1, _bytes(sent.sealed))
        if sent.v != 1 or len(secret) != SECRET_BYTES or len(record.session) != PUBLIC_BYTES:
            raise Unreadable
        at, act, payload = msgspec.msgpack.decode(open_record(record, secret=secret), type=tuple[int, str, list[Any]])
        call, typed, consent, bringer = payload
        if act != "application" or not (
            isinstance(typed, str) and isinstance(consent, int) and isinstance(bringer, str)
        ):
            raise Unreadable
        written_at = datetime.fromtimestamp(at / 1_000, UTC)
        return letter, secret, Opened(min(written_at, clock.now()), UUID(bytes=call), typed, consent, bringer)
    except (msgspec.MsgspecError, CannotOpen, ValueError, TypeError, OverflowError, OSError) as error:
        raise Unreadable from error


def known(letter: UUID, secret: bytes) -> Letter | None:
    """The letter, where it is here already. Raises Unreadable for another one of its name."""
    found = Letter.objects.select_related("call__programme").filter(pk=letter).first()
    if found is not None and found.secret != _digest(secret):
        raise Unreadable
    return found


def deliver(letter: UUID, secret: bytes, opened: Opened) -> Letter:
    """Let it apply. Raises Unreadable where there is no such call, or its bringer's token is not ours any more."""
    call = Call.objects.published().select_related("programme", "edition", "form").filter(pk=opened.call).first()
    if call is None or len(opened.typed) > MOST_BYTES:
        raise Unreadable
    by = _bringer(opened.bringer)
    if by is None and (not call.is_selected or call.form is None):
        raise Unreadable
    form = _form(call, by, QueryDict(opened.typed))
    is_whole = form.is_valid() and opened.consent == CONSENT.version
    return take_letter(
        letter=letter,
        secret=_digest(secret),
        code=code_of(secret),
        call=call,
        typed=opened.typed,
        details=form.details() if is_whole else None,
        consent=ConsentText(CONSENT.code, CONSENT.version),
        region=form.region() if is_whole else None,
        answers=form.answers() if is_whole else {},
        wishes=form.wishes() if is_whole else (),
        written_at=opened.written_at,
        by=by,
    )


def code_of(secret: bytes) -> str:
    """The code under which a draft of this letter is kept: the same, however often it is sent."""
    return code_for(secret.hex())


def _form(call: Call, by: Person | None, typed: QueryDict) -> ApplicationForm:
    if by is not None:
        return OutreachForm(typed, call=call, by=by)
    assert call.form is not None
    return ApplicationForm(typed, call=call, person=None, questionnaire=call.form.questionnaire)


def _bringer(token: str) -> Person | None:
    if not token:
        return None
    try:
        name, until = signing.loads(token, salt=_TOKEN)
    except signing.BadSignature as error:
        raise Unreadable from error
    if until < clock.now().timestamp():
        raise Unreadable
    person = UUID(hex=name)
    found = Person.objects.filter(pk=person).first()
    if found is None:
        raise Unreadable
    return found


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _digest(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()
