from datetime import timedelta

import pytest
from django.db import IntegrityError

from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.apps.programmes.examples import a_person
from tests.journal import journal
from trenza.apps.credentials.actions import create_key, issue_credentials, reissue_credential, revoke_credential
from trenza.apps.credentials.errors import HoldsNoMore, NameNotPrintable
from trenza.apps.credentials.measures import count_certificates
from trenza.apps.credentials.models import Credential, Wording
from trenza.apps.credentials.openbadges.verifying import Verdict, verify
from trenza.apps.credentials.queries import known_here, signed_document
from trenza.apps.people.api import grant_role
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db
NAME, TEMPLATE = Credential.ReissueReason.NAME, Credential.ReissueReason.TEMPLATE


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"


@pytest.fixture
def credential():
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    return a_credential(programme)


def verdict(credential):
    document = signed_document(credential)
    assert document is not None
    return verify(document, known_here(), now=clock.now()).verdict


def test_another_stands_in_its_place_with_her_name_and_its_day(credential):
    new = reissue_credential(credential=credential, reason=NAME, by=credential.person, name="Ana  Quispe Mamani")
    work_until_done()

    credential.refresh_from_db()
    assert (new.name, new.issued_on, new.supersedes) == ("Ana Quispe Mamani", credential.issued_on, credential)
    assert new.code != credential.code
    assert (credential.state, new.state) == (Credential.State.SUPERSEDED, Credential.State.VALID)
    assert (verdict(credential), verdict(new)) == (Verdict.REVOKED, Verdict.VALID)
    assert journal()[-1] == (
        "credentials.credential_reissued.v1", credential.person_id, credential.person_id,
        {"credential": str(new.pk), "superseded": str(credential.pk), "reason": "name"},
    )  # fmt: skip


def test_it_has_the_words_that_its_template_has_now(credential):
    right = Wording.objects.create(programme_name="Prueba", title="Segundos pasos", text="Aprendió más.", language="es")
    credential.template.wording = right
    credential.template.save()

    new = reissue_credential(credential=credential, reason=TEMPLATE, by=None)

    assert (new.wording, new.name) == (right, credential.name)


def test_what_holds_no_more_is_not_issued_anew(credential):
    new = reissue_credential(credential=credential, reason=TEMPLATE, by=None)
    with pytest.raises(HoldsNoMore):
        reissue_credential(credential=credential, reason=TEMPLATE, by=None)

    by = a_person("Eva")
    grant_role(person=by, role="administrator", by=None)
    revoke_credential(credential=new, reason=Credential.RevocationReason.MISTAKE, by=by)
    with pytest.raises(HoldsNoMore):
        reissue_credential(credential=new, reason=TEMPLATE, by=None)
    assert Credential.objects.count() == 2


def test_name_that_cannot_be_printed_changes_nothing(credential):
    with pytest.raises(NameNotPrintable):
        reissue_credential(credential=credential, reason=NAME, by=None, name="Ana 🌸")

    credential.refresh_from_db()
    assert credential.state is Credential.State.VALID


def test_completing_again_issues_no_third(credential):
    reissue_credential(credential=credential, reason=TEMPLATE, by=None)

    assert issue_credentials(enrolment=credential.enrolment) == []


def test_database_allows_one_at_a_time(credential):
    new = reissue_credential(credential=credential, reason=TEMPLATE, by=None)

    with pytest.raises(IntegrityError):
        Credential.objects.filter(pk__in=[credential.pk, new.pk]).update(superseded_at=None, superseded_reason="")


def test_one_woman_counts_once(credential):
    programme = credential.enrolment.edition.programme
    reissue_credential(credential=credential, reason=TEMPLATE, by=None)

    assert sum(each.number for each in count_certificates(programme.pk, [clock.now() - timedelta(days=1)])) == 1


def test_state_and_list_of_a_state_agree(credential):
    programme = credential.enrolment.edition.programme
    reissue_credential(credential=credential, reason=TEMPLATE, by=None)
    others = [a_credential(programme, person=a_person(f"Ana{n}")) for n in range(3)]
    now = clock.now()
    Credential.objects.filter(pk=others[0].pk).update(valid_until=now.replace(year=now.year - 1))
    Credential.objects.filter(pk=others[1].pk).update(suspended_at=now, suspended_by=others[1].person)

    for state in Credential.State:
        listed = set(Credential.objects.filter(Credential.being(state)))
        assert listed == {each for each in Credential.objects.all() if each.state is state}
    assert Credential.objects.filter(Credential.being("expired")).count() == 1


def test_it_speaks_her_language_as_the_one_before(credential):
    english = Wording.objects.create(programme_name="Prueba", title="First steps", text="She learned.", language="en")
    credential.template.translations.add(english)
    credential.person.language = "en"
    credential.person.save()

    new = reissue_credential(credential=credential, reason=NAME, by=credential.person, name="Ana Quispe")

    assert new.wording == english
