"""The code on paper, judged by the same verdicts as the whole credential."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.apps.credentials.openbadges.examples import INDEX, ISSUER, ISSUERS, KEYS, NOW
from trenza.apps.credentials.openbadges import compact, documents, proofs
from trenza.apps.credentials.openbadges.judging import PURPOSES, judge
from trenza.apps.credentials.openbadges.verifying import HeldList, Known, Signer, StatusKnown, Verdict

LIST = UUID("0190a5d2-5f0e-7f3a-90a5-4df3a0a85df3")
SAID = compact.Compact(
    code="K7QX3M9ZT2W8R5VN4H6JBPYCD0", name="María Ñandú", title="Mujeres Online", programme="Prueba",
    issued=date(2026, 11, 29), list=LIST, index=INDEX,
)  # fmt: skip


def address(listed, purpose):
    return f"https://trenza.example/estado/{listed}/{purpose}/"


def lists(**indexes):
    found = {}
    for purpose in PURPOSES:
        stated = documents.status_list_credential(
            address=address(LIST, purpose), issuer=ISSUER, purpose=purpose, indexes=indexes.get(purpose, set()),
            valid_from=NOW, valid_until=NOW,
        )  # fmt: skip
        found[address(LIST, purpose)] = HeldList(proofs.sign(stated, ISSUERS, at=NOW), NOW)
    return found


def known(**indexes):
    public = ISSUERS.private.public_key()
    signer = Signer(ISSUER.did, ISSUER.name, public)
    return Known(
        KEYS.get, status_list=lists(**indexes).get, status_address=address,
        signer=lambda kid: signer if kid == compact.kid_of(public) else None,
    )  # fmt: skip


def judged(said=SAID, now=NOW, **more):
    return judge(compact.read(compact.write(said, ISSUERS.private)), more.get("known") or known(), now=now)


def test_says_what_it_is_worth_and_whose_word_it_is():
    findings = judged()

    assert (findings.verdict, findings.status, findings.status_at) == (Verdict.VALID, StatusKnown.CHECKED, NOW)
    assert (findings.recipient, findings.issuer_name, findings.id) == ("María Ñandú", "Pro Mujer", SAID.code)


def test_bits_of_its_list_are_looked_at():
    assert judged(known=known(revocation={INDEX})).verdict is Verdict.REVOKED
    assert judged(known=known(suspension={INDEX})).verdict is Verdict.SUSPENDED
    assert judged(known=known(revocation={INDEX + 1})).verdict is Verdict.VALID
    assert judged(known=replace(known(), status_list=lambda _: None)).status is StatusKnown.NOT_AT_HAND


def test_its_last_day_holds_wherever_on_earth_one_is():
    until = replace(SAID, until=date(2026, 12, 1))
    after = datetime(2026, 12, 2, 12, tzinfo=UTC)

    assert judged(until, now=after).verdict is Verdict.VALID
    assert judged(until, now=after + timedelta(seconds=1)).verdict is Verdict.EXPIRED
    assert judged(replace(SAID, until=date.max)).verdict is Verdict.VALID


def test_its_first_day_begins_where_the_sun_rises_first():
    rises = datetime(2026, 11, 28, 10, tzinfo=UTC)

    assert judged(now=rises).verdict is Verdict.VALID
    assert judged(now=rises - timedelta(seconds=1)).verdict is Verdict.NOT_YET


def test_key_that_nobody_knows_and_signature_of_another():
    assert judged(known=replace(known(), signer=lambda _: None)).verdict is Verdict.UNKNOWN_ISSUER

    data = bytearray(compact.write(SAID, ISSUERS.private))
    data[-1] ^= 1
    assert judge(compact.read(bytes(data)), known(), now=NOW).verdict is Verdict.ALTERED


@pytest.mark.parametrize("at", range(1, 65, 7))
def test_no_byte_of_the_signature_can_be_changed(at):
    data = bytearray(compact.write(SAID, ISSUERS.private))
    data[at] ^= 0x10

    assert judge(compact.read(bytes(data)), known(), now=NOW).verdict is Verdict.ALTERED
