"""The short code with which she goes on with a draft on any device."""

import re
from typing import Final
from uuid import UUID

from django.utils.crypto import salted_hmac

LENGTH: Final = 10
# Crockford's base 32, as in core.ids: fifty bits. A connection may guess a hundred an hour (people.count_guess).
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD: Final = str.maketrans("OIL", "011")
_SALT: Final = "trenza.forms.draft"


def code_for(secret: str) -> str:
    """The code that follows from a secret of a page or a phone: who sends the same again gets the same code."""
    number = int.from_bytes(salted_hmac(f"{_SALT}.code", secret, algorithm="sha256").digest()[:8])
    return "".join(_ALPHABET[number >> (5 * place) & 31] for place in range(LENGTH))


def written(code: str) -> str:
    """The code in groups, to be read aloud or copied by hand: K7QM2-4T2PX."""
    return f"{code[:5]}-{code[5:]}"


def normal_code(text: str) -> str:
    """The code as somebody wrote it, or empty if it is none: small letters, gaps, and O, I and L do no harm."""
    code = re.sub(r"[\s·–—-]", "", text).upper().translate(_MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(_ALPHABET) else ""


def hashed(subject: UUID, code: str) -> str:
    """What is kept of a code: valid for one subject, and no use without the secret key."""
    return salted_hmac(_SALT, f"{subject.hex} {code}", algorithm="sha256").hexdigest()
