"""What others make of ours: openbadgeslib, which was written by others from the same standards."""

import pytest
from cryptography.hazmat.primitives import serialization
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.ldp import OB3LdpVerifier

from tests.apps.credentials.openbadges import examples
from tests.apps.credentials.openbadges.examples import credential
from tests.apps.credentials.openbadges.test_verifying import at, changed, other_than, places

PEM = (
    examples.ISSUERS.private.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
)


def oracle(document):
    return OB3LdpVerifier(PEM).verify(document)


def test_oracle_reads_ours():
    read = oracle(credential())

    assert "Mujeres Online" in str(vars(read))


@pytest.mark.parametrize("path", [each for each in places(credential()) if each[0] != "@context"][::3])
def test_oracle_sees_each_change(path):
    whole = credential()

    with pytest.raises(LibOpenBadgesException):
        oracle(changed(whole, path, other_than(at(whole, path))))
