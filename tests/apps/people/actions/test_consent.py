import pytest

from tests.journal import journal
from trenza.apps.people.api import Consent, NoConsent, give_consent, withdraw_consent
from trenza.core.errors import NotAllowed


def test_give_consent_records_text_and_version(person):
    rosa = person("Rosa")

    consent = give_consent(person=rosa, text="data-use", version=2, by=rosa)

    assert give_consent(person=rosa, text="data-use", version=2, by=rosa) == consent
    assert journal()[1:] == [
        (
            "people.consent_given.v1",
            rosa.id,
            rosa.id,
            {"consent": str(consent.id), "document": "data-use", "version": 2},
        )
    ]


def test_withdraw_consent_ends_every_version_and_she_may_agree_again(person):
    rosa = person("Rosa")
    for version in (1, 2):
        give_consent(person=rosa, text="data-use", version=version, by=rosa)

    assert [consent.version for consent in withdraw_consent(person=rosa, text="data-use", by=rosa)] == [1, 2]
    with pytest.raises(NoConsent):
        withdraw_consent(person=rosa, text="data-use", by=rosa)
    give_consent(person=rosa, text="data-use", version=2, by=rosa)

    assert Consent.objects.filter(withdrawn_at=None).count() == 1
    assert Consent.objects.count() == 3


def test_give_consent_for_somebody_else_is_refused(person):
    with pytest.raises(NotAllowed):
        give_consent(person=person("Rosa"), text="data-use", version=1, by=person("Ana"))
    assert Consent.objects.count() == 0
