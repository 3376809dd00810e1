"""What both sides look at in a certificate and in the request for one: that it is for this key and this name.

Whether phones trust its authority is for phones; whether it is in force is asked where it is used.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from trenza.core.errors import DomainError

MOST_CHAIN: Final = 50_000
"""Bytes of what a certifier may print."""
_MOST_CERTIFICATES: Final = 10


class NotFor(DomainError):
    """It is not a certificate, or a request for one, for this key and this name. `.code` says what is wrong with it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Chain(NamedTuple):
    """A certificate and those that lead to its authority, as PEM, and when the first of them is in force."""

    pem: str
    starts_at: datetime
    ends_at: datetime

    def is_in_force(self, moment: datetime) -> bool:
        """Whether it is valid then."""
        return self.starts_at <= moment < self.ends_at


def request_for(key: EllipticCurvePrivateKey, host: str) -> bytes:
    """The request for a certificate of this key for this name (DER)."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=True)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def key_asked(request: bytes, host: str) -> bytes:
    """The name of the key in a request for `host`.

    Raises:
        NotFor: see there.
    """
    try:
        asked = x509.load_der_x509_csr(request)
        whole, names = asked.is_signature_valid, _names(asked)
        key = asked.public_key()
    except (ValueError, x509.ExtensionNotFound):
        raise NotFor("unreadable") from None
    if not whole:
        raise NotFor("unreadable")
    if names != [host]:
        raise NotFor("name")
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise NotFor("key")
    return name_of_key(key)


def as_pem(request: bytes) -> bytes:
    """A request as programs that ask authorities read it."""
    return x509.load_der_x509_csr(request).public_bytes(Encoding.PEM)


def chain_for(printed: str, *, key: bytes, host: str) -> Chain:
    """The certificates in what was printed, the one for this key and name first; what stands beside them is dropped.

    Raises:
        NotFor: see there.
    """
    if len(printed) > MOST_CHAIN:
        raise NotFor("unreadable")
    try:
        found = x509.load_pem_x509_certificates(printed.encode())
        leaf, names = found[0], _names(found[0])
        leaf_key = leaf.public_key()
    except (ValueError, x509.ExtensionNotFound):
        raise NotFor("unreadable") from None
    if len(found) > _MOST_CERTIFICATES:
        raise NotFor("unreadable")
    if not isinstance(leaf_key, EllipticCurvePublicKey) or name_of_key(leaf_key) != key:
        raise NotFor("key")
    if host not in names:
        raise NotFor("name")
    _ensure_linked(found)
    pem = "".join(each.public_bytes(Encoding.PEM).decode() for each in found)
    return Chain(pem, leaf.not_valid_before_utc, leaf.not_valid_after_utc)


def name_of_key(key: EllipticCurvePublicKey) -> bytes:
    """A digest that names it."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()


def _ensure_linked(found: Sequence[x509.Certificate]) -> None:
    """Each is signed by the next."""
    for each, issuer in pairwise(found):
        try:
            each.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature):
            raise NotFor("order") from None


def _names(signed: x509.Certificate | x509.CertificateSigningRequest) -> list[str]:
    names = signed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return names.get_values_for_type(x509.DNSName)
