"""Whether she opens the mail of an address: a code is sent there, and she types it into the page where she asked.

The code lives in her session for five minutes, hashed, with the address; nothing else is kept, and her account stays as
it is.
"""

import secrets
from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from trenza.apps.people.models.account import normal_email
from trenza.apps.people.outbox import send_code
from trenza.core import clock

_KEY: Final = "confirms_email"
LASTS: Final = timedelta(minutes=5)
TRIES: Final = 5


def ask_for_email_code(request: HttpRequest, address: str) -> None:
    """Send a code to the address, in place of one that was sent before. Count it first: `count_code_request`."""
    email = normal_email(address)
    code = f"{secrets.randbelow(1_000_000):06}"
    request.session[_KEY] = {"email": email, "code": _hashed(email, code), "at": clock.now().timestamp(), "tries": 0}
    send_code(to=email, code=code)


def email_to_confirm(request: HttpRequest) -> str:
    """The address whose code is awaited; blank where none is."""
    waiting = request.session.get(_KEY)
    if not waiting or clock.now().timestamp() - waiting["at"] > LASTS.total_seconds() or waiting["tries"] >= TRIES:
        return ""
    return str(waiting["email"])


def is_email_code(request: HttpRequest, code: str) -> bool:
    """Whether this is the code that was sent; then it is used up. Count the try first: `count_code_try`."""
    email = email_to_confirm(request)
    if not email:
        return False
    waiting = request.session[_KEY]
    digits = "".join(each for each in code if each.isdigit())
    if constant_time_compare(waiting["code"], _hashed(email, digits)):
        del request.session[_KEY]
        return True
    request.session[_KEY] = waiting | {"tries": waiting["tries"] + 1}
    return False


def _hashed(email: str, code: str) -> str:
    return salted_hmac("trenza.confirms_email", f"{email} {code}").hexdigest()
