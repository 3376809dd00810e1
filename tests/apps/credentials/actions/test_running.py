"""Issuing to many: exactly one each, whatever stops it; what could not be issued says why."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.credentials.examples import an_issuing_programme, complete, organisation
from tests.apps.programmes.examples import a_person, an_enrolment
from tests.journal import journal
from trenza.apps.credentials import keyring
from trenza.apps.credentials.actions import (
    create_key,
    issue_portion,
    resume_issuing,
    revoke_credential,
    running,
    sign_due,
    start_issuing,
    stop_issuing,
)
from trenza.apps.credentials.errors import IssuingAlready, IssuingMovedOn, NothingToIssue
from trenza.apps.credentials.models import Credential, CredentialTemplate, IssuingRun, SignedCredential, Wording
from trenza.apps.credentials.overdue import waiting_for_keys
from trenza.apps.people.api import Person, grant_role
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.ids import named_id
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db
MISSING, WORDS = IssuingRun.Kind.MISSING, IssuingRun.Kind.WORDS


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"


@pytest.fixture
def programme():
    """Six women have completed, before there was a certificate."""
    made = an_issuing_programme()
    CredentialTemplate.objects.update(retired_at=clock.now())
    for n in range(6):
        complete(an_enrolment(made, person=a_person(f"Ana{n}")))
    work_until_done()
    CredentialTemplate.objects.update(retired_at=None)
    assert Credential.objects.count() == 0
    return made


@pytest.fixture
def eva():
    person = a_person("Eva")
    grant_role(person=person, role="coordinator", by=None)
    return person


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(running, "PORTION", 2)


def numbers(run):
    run.refresh_from_db()
    return run.state, run.total, run.done, run.failed


def portion_by_portion(run):
    """Do the portions, without what follows from them."""
    while numbers(run)[0] == "running":
        issue_portion(run=run.pk, turn=run.turn)


def test_run_issues_and_signs_what_is_missing_once_each(programme, eva, small):
    create_key(organisation=organisation("casa"))

    run = start_issuing(programme=programme, kind=MISSING, by=eva)
    work_until_done()

    assert numbers(run) == ("done", 6, 6, 0)
    assert Credential.objects.values("enrolment").distinct().count() == Credential.objects.count() == 6
    assert SignedCredential.objects.values("status_index").distinct().count() == 6
    kinds = [kind for kind, *_rest in journal()]
    assert (kinds.count("credentials.credential_issued.v1"), kinds.count("credentials.issuing_started.v1")) == (6, 1)
    with pytest.raises(NothingToIssue):
        start_issuing(programme=programme, kind=MISSING, by=eva)


def test_run_signs_what_waits(programme, eva, small):
    start_issuing(programme=programme, kind=MISSING, by=eva)
    work_until_done()
    assert (Credential.objects.count(), SignedCredential.objects.count()) == (6, 0)
    with pytest.raises(NothingToIssue):  # nothing can be signed without a key
        start_issuing(programme=programme, kind=MISSING, by=eva)
    create_key(organisation=organisation("casa"))

    run = start_issuing(programme=programme, kind=MISSING, by=eva)
    work_until_done()

    assert numbers(run) == ("done", 6, 6, 0)
    assert SignedCredential.objects.count() == 6


def test_run_is_stopped_and_gone_on_with_and_an_old_portion_does_nothing(programme, eva, small):
    run = start_issuing(programme=programme, kind=MISSING, by=eva)
    issue_portion(run=run.pk, turn=1)
    stopped = stop_issuing(run=run, by=eva)
    issue_portion(run=run.pk, turn=1)
    assert numbers(run) == ("stopped", 6, 2, 0)
    assert stopped.ended_by == eva
    with pytest.raises(IssuingMovedOn):
        stop_issuing(run=run, by=eva)

    resume_issuing(run=run, by=eva)
    issue_portion(run=run.pk, turn=1)  # of before it was stopped
    assert numbers(run) == ("running", 6, 2, 0)
    work_until_done()

    assert numbers(run) == ("done", 6, 6, 0)
    assert Credential.objects.count() == 6
    with pytest.raises(IssuingMovedOn):
        resume_issuing(run=run, by=eva)


def test_one_run_at_a_time_in_a_programme(programme, eva):
    start_issuing(programme=programme, kind=MISSING, by=eva)

    with pytest.raises(IssuingAlready):
        start_issuing(programme=programme, kind=MISSING, by=eva)


@pytest.mark.parametrize(("role", "scope"), [("auditor", None), ("trainer", None), ("coordinator", "edition")])
def test_who_may_not_issue_in_the_whole_programme_starts_none(programme, role, scope):
    person = a_person("Ema")
    edition = programme.editions.first()
    grant_role(person=person, role=role, scope_kind=scope or "all", scope=edition.pk if scope else None, by=None)

    with pytest.raises(NotAllowed):
        start_issuing(programme=programme, kind=MISSING, by=person)


def test_who_has_a_name_that_cannot_be_printed_is_told_of_and_keeps_no_other_waiting(programme, eva, small):
    first = Person.objects.filter(enrolments__edition__programme=programme).order_by("pk")[0]
    Person.objects.filter(pk=first.pk).update(certificate_name="Ana 𓀀")

    run = start_issuing(programme=programme, kind=MISSING, by=eva)
    work_until_done()

    assert numbers(run) == ("done", 6, 5, 1)
    told = {each.enrolment.person_id: each.reason for each in run.failures.select_related("enrolment")}
    assert told == {first.pk: "letters"}
    Person.objects.filter(pk=first.pk).update(certificate_name="Ana Paz")
    again = start_issuing(programme=programme, kind=MISSING, by=eva)
    work_until_done()
    assert numbers(again) == ("done", 1, 1, 0)


def other_words(programme):
    """The template says something else from now on."""
    template = CredentialTemplate.objects.select_related("wording").get(programme=programme)
    values: dict[str, Any] = {
        field.attname: getattr(template.wording, field.attname) for field in Wording._meta.concrete_fields
    }
    values |= {"id": named_id("otras palabras"), "text": "Aprendió lo básico, y más."}
    template.wording = Wording.objects.create(**values)
    template.save()
    return template


def test_words_of_before_are_issued_anew_to_who_holds_them(programme, eva, small):
    create_key(organisation=organisation("casa"))
    start_issuing(programme=programme, kind=MISSING, by=eva)
    work_until_done()
    admin = a_person("Ida")
    grant_role(person=admin, role="administrator", by=None)
    gone = Credential.objects.order_by("pk")[0]
    revoke_credential(credential=gone, reason=Credential.RevocationReason.MISTAKE, by=admin)
    template = other_words(programme)

    run = start_issuing(programme=programme, kind=WORDS, template=template, by=eva)
    work_until_done()

    assert numbers(run) == ("done", 5, 5, 0)
    new = Credential.objects.filter(wording=template.wording)
    before = new.values_list("supersedes__superseded_reason", "supersedes__issued_on", "issued_on")
    assert {(reason, was == now) for reason, was, now in before} == {("template", True)}
    assert new.filter(signed__isnull=False).count() == 5
    assert not Credential.objects.filter(superseded_by__isnull=False, superseded_at=None).exists()
    with pytest.raises(NothingToIssue):
        start_issuing(programme=programme, kind=WORDS, template=template, by=eva)


def test_portion_asks_as_much_with_many_as_with_few(programme, eva, monkeypatch):
    create_key(organisation=organisation("casa"))
    for n in range(6, 40):
        complete(an_enrolment(programme, person=a_person(f"Ana{n}")))
    monkeypatch.setattr(running, "PORTION", 4)
    run = start_issuing(programme=programme, kind=MISSING, by=eva)
    issue_portion(run=run.pk, turn=1)
    asked = []
    for size in (4, 30):
        monkeypatch.setattr(running, "PORTION", size)
        with CaptureQueriesContext(connection) as queries:
            issue_portion(run=run.pk, turn=1)
        asked.append(len(queries))

    assert asked[1] - asked[0] in (0, 1)  # PostgreSQL takes many entries in by COPY, which asks for the last one before


def test_unreadable_key_keeps_no_other_organisation_waiting(programme, eva):
    other = an_issuing_programme_beside()
    rows = [create_key(organisation=each) for each in (organisation("casa"), other)]
    start_issuing(programme=programme, kind=MISSING, by=eva)
    complete(an_enrolment(other.programme, person=a_person("Berta")))
    keyring.path_of(organisation("casa"), rows[0].name).write_bytes(b"no key")

    work_until_done()
    sign_due()

    assert list(SignedCredential.objects.values_list("key", flat=True)) == [rows[1].pk]
    [waiting] = waiting_for_keys()
    assert (waiting.programme, waiting.unreadable, waiting.count) == (programme, True, 6)


def an_issuing_programme_beside():
    from tests.apps.credentials.examples import a_certified_programme
    from trenza.apps.programmes.api import Organisation

    made = a_certified_programme("otro")
    Organisation.objects.filter(programme=made).delete()
    Organisation.objects.create(programme=made, code="posada", name="La Posada", roles=["organiser"])
    return organisation("posada")
