"""Count what is tried at sign-in, and say when it was too much. What is counted need not outlive a power cut.

The limits are the same for addresses that nobody has: they tell nothing. A connection may be a whole centre, or a
mobile network that shares one address among thousands; its limits stop machines only. What they leave to guessing is
worked out in docs/decisions/0006-sign-in.md.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from trenza.apps.people.models import Attempts
from trenza.apps.people.models.account import normal_email
from trenza.core import clock
from trenza.core.durability import without_waiting_for_the_disk
from trenza.core.ids import new_id
from trenza.core.journal import action

_TABLE: Final = Attempts._meta.db_table
_FORGET: Final = f"DELETE FROM {_TABLE} WHERE ends_at <= %s"
_COUNT: Final = (
    f"INSERT INTO {_TABLE} (id, subject, ends_at, count) VALUES %s "
    f"ON CONFLICT (subject, ends_at) DO UPDATE SET count = {_TABLE}.count + 1 RETURNING subject, count"
)


class Limit(NamedTuple):
    """At most `times` in each window of `seconds`, counted from midnight 1970."""

    times: int
    seconds: int


MINUTE, HOUR, DAY = 60, 3_600, 86_400
CODES_TO_AN_ADDRESS = (Limit(5, 15 * MINUTE), Limit(30, DAY))
CODES_FOR_A_CONNECTION = (Limit(300, HOUR),)
CODES_TRIED_FOR_AN_ADDRESS = (Limit(15, 15 * MINUTE), Limit(60, DAY))
CODES_TRIED_FROM_A_CONNECTION = (Limit(600, HOUR),)
ARRIVALS_IN_A_BROWSER = (Limit(20, HOUR),)
ARRIVALS_FROM_A_CONNECTION = (Limit(300, HOUR),)
GUESSES_FROM_A_CONNECTION = (Limit(100, HOUR),)
CARDS_GUESSED_FROM_A_CONNECTION = (Limit(100, HOUR),)
CLAIMS_TRIED_WITH_A_CARD = (Limit(5, 15 * MINUTE), Limit(10, DAY))
LINKS_TO_GUARDIANS = (Limit(4, DAY),)
CHECK_INS_TRIED_BY_A_PERSON = (Limit(10, 15 * MINUTE), Limit(40, DAY))
HUB_CODES_TRIED_FROM_A_CONNECTION = (Limit(20, HOUR),)
HUB_CODES_TRIED = (Limit(200, HOUR),)  # from everywhere: ten characters stand an hour
READINGS_OF_A_CALENDAR = (Limit(60, HOUR),)
TAKINGS_IN_BY_A_PERSON = (Limit(120, HOUR),)
TAKINGS_ALONG_BY_A_PERSON = (Limit(6, HOUR), Limit(20, DAY))

# A PIN of four digits: at twenty a day, somebody who holds her phone needs 250 days for an even chance.
PINS_TRIED_FOR_A_PERSON = (Limit(5, 15 * MINUTE), Limit(20, DAY))
PINS_TRIED_FROM_A_CONNECTION = (Limit(300, HOUR),)
TOKENS_TRIED_FROM_A_CONNECTION = (Limit(300, HOUR),)


@without_waiting_for_the_disk()
@action
def count_code_request(*, address: str, connection: str) -> bool:
    """Count that a code is wanted to an e-mail address or a number; False when that is too many. `connection` is
    where from, or blank."""
    to_address = _count("code to", normal_email(address), CODES_TO_AN_ADDRESS)
    return _count("code for", connection, CODES_FOR_A_CONNECTION) and to_address


@without_waiting_for_the_disk()
@action
def count_code_try(*, address: str, connection: str) -> bool:
    """Count that a code is tried, before it is compared; False when that is too many.

    The three tries that allauth gives a code are counted in the session, where requests sent at once may all read the
    same number; this count cannot be raced.
    """
    for_address = _count("try of", normal_email(address), CODES_TRIED_FOR_AN_ADDRESS)
    return _count("try from", connection, CODES_TRIED_FROM_A_CONNECTION) and for_address


@without_waiting_for_the_disk()
@action
def count_text(*, known: bool) -> bool:
    """Count that a text goes to a phone; False when this installation has sent as many today as it may pay for.

    For an unknown number the same is written under another name, so that the time of the answer tells nothing.
    """
    return _count("texts" if known else "no texts", "everybody", (Limit(settings.SMS_A_DAY, DAY),))


@without_waiting_for_the_disk()
@action
def count_card_guess(*, connection: str) -> bool:
    """Count that a card's secret was nobody's; False when that is too many. Guessing is hopeless: this stops noise."""
    return _count("card from", connection, CARDS_GUESSED_FROM_A_CONNECTION)


@without_waiting_for_the_disk()
@action
def count_claim_try(*, card: str, connection: str) -> bool:
    """Count that a name is tried with a printed card (its id), before it is compared; False when that is too many."""
    with_card = _count("claim with", card, CLAIMS_TRIED_WITH_A_CARD)
    return _count("card from", connection, CARDS_GUESSED_FROM_A_CONNECTION) and with_card


@without_waiting_for_the_disk()
@action
def count_arrival(*, browser: str, connection: str) -> bool:
    """Count that somebody applies or signs up; False when that is too many. `browser` is a secret that it keeps."""
    return _count_all(
        ("arrival in", browser, ARRIVALS_IN_A_BROWSER), ("arrival from", connection, ARRIVALS_FROM_A_CONNECTION)
    )


def may_guess(*, connection: str) -> bool:
    """Whether a code of a certificate may still be looked up from there. Changes nothing: most look at one that is."""
    if not connection:
        return True
    now = clock.now()
    full = (
        Attempts.objects.filter(subject=_subject("guess from", connection, limit), ends_at=_end(limit, now))
        .filter(count__gte=limit.times)
        .exists()
        for limit in GUESSES_FROM_A_CONNECTION
    )
    return not any(full)


@without_waiting_for_the_disk()
@action
def count_guess(*, connection: str) -> bool:
    """Count that a code was nobody's; False when that was too many, and `may_guess` says no from then on."""
    return _count("guess from", connection, GUESSES_FROM_A_CONNECTION)


@without_waiting_for_the_disk()
@action
def count_guardian_link(*, person: str) -> bool:
    """Count that a link goes to somebody whom a minor (her id) named; False when that is too many for a day."""
    return _count("guardian link for", person, LINKS_TO_GUARDIANS)


@without_waiting_for_the_disk()
@action
def count_pin_try(*, person: str, connection: str) -> bool:
    """Count that a PIN of hers (her id) is tried, before it is compared; False when that is too many."""
    for_person = _count("pin of", person, PINS_TRIED_FOR_A_PERSON)
    return _count("pin from", connection, PINS_TRIED_FROM_A_CONNECTION) and for_person


@without_waiting_for_the_disk()
@action
def count_token_try(*, connection: str) -> bool:
    """Count that a token opens a session, or fails to; False when that is too many."""
    return _count("token from", connection, TOKENS_TRIED_FROM_A_CONNECTION)


@without_waiting_for_the_disk()
@action
def count_check_in_try(*, person: str) -> bool:
    """Count that she (her id) tries the code of a session, before it is compared; False when that is too many. Six
    digits: at forty a day a guess is right once in 25,000 days."""
    return _count("check-in by", person, CHECK_INS_TRIED_BY_A_PERSON)


@without_waiting_for_the_disk()
@action
def count_hub_code_try(*, connection: str) -> bool:
    """Count that a code for pairing a hub is tried, before it is compared; False when that is too many."""
    from_everywhere = _count("hub codes", "everybody", HUB_CODES_TRIED)
    return _count("hub code from", connection, HUB_CODES_TRIED_FROM_A_CONNECTION) and from_everywhere


@without_waiting_for_the_disk()
@action
def count_calendar_reading(*, feed: str) -> bool:
    """Count that a calendar (the id of its address) is read; False when that is too many for an hour."""
    return _count("calendar", feed, READINGS_OF_A_CALENDAR)


@without_waiting_for_the_disk()
@action
def count_taking_in(*, person: str) -> bool:
    """Count that she (her id) hands in what other phones gave her; False when that is too many for an hour."""
    return _count("taking in by", person, TAKINGS_IN_BY_A_PERSON)


@without_waiting_for_the_disk()
@action
def count_taking_along(*, person: str) -> bool:
    """Count that she (her id) downloads all her certificates at once; False when that is too many."""
    return _count("taking along by", person, TAKINGS_ALONG_BY_A_PERSON)


def _count(what: str, whose: str, limits: Sequence[Limit]) -> bool:
    return _count_all((what, whose, limits))


def _count_all(*counts: tuple[str, str, Sequence[Limit]]) -> bool:
    """Count in every window, also in those that are full, in one statement that cannot be raced."""
    now = clock.now()
    allowed = {
        (_subject(what, whose, limit), _end(limit, now)): limit.times
        for what, whose, limits in counts
        if whose
        for limit in limits
    }
    if not allowed:
        return True
    moment = Attempts.ends_at.field.get_db_prep_value
    number = Attempts.id.field.get_db_prep_value
    rows = [(number(new_id(), connection), subject, moment(ends_at, connection)) for subject, ends_at in allowed]
    values = [value for row in rows for value in row]
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [moment(now, connection)])
        cursor.execute(_COUNT % ", ".join(["(%s, %s, %s, 1)"] * len(allowed)), values)
        counted = dict(cursor.fetchall())
    return all(counted[subject] <= times for (subject, _ends_at), times in allowed.items())


def _subject(what: str, whose: str, limit: Limit) -> str:
    return salted_hmac("people.attempts", f"{limit.seconds} {what} {whose}", algorithm="sha256").hexdigest()


def _end(limit: Limit, now: datetime) -> datetime:
    return datetime.fromtimestamp((int(now.timestamp()) // limit.seconds + 1) * limit.seconds, UTC)
