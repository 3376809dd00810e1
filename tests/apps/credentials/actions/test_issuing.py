from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection

from tests.apps.credentials.examples import a_certified_programme, a_credential, a_template, complete
from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from tests.core.journal.worker_to_kill import run_worker
from tests.journal import journal
from trenza.apps.admissions.api import Call
from trenza.apps.credentials.actions import issue_credentials, issue_missing
from trenza.apps.credentials.errors import NotCompleted
from trenza.apps.credentials.models import Credential
from trenza.apps.people.api import update_person
from trenza.apps.programmes.events import DefinitionLoaded
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import action, check, record, work_until_done

pytestmark = pytest.mark.django_db


def issued() -> list[dict[str, str]]:
    return [data for kind, _, _, data in journal() if kind == "credentials.credential_issued.v1"]


@action
def load_again(*, programme):
    record(DefinitionLoaded(programme=programme.pk, version=new_id(), number=1), by=None, about=None)


def test_completing_issues_one_credential_for_each_current_template():
    programme = a_certified_programme()
    a_template(programme, "otra")
    a_template(programme, "vieja", retired_at=clock.now())
    enrolment = an_enrolment(programme)

    complete(enrolment)
    work_until_done()
    work_until_done()

    credentials = list(Credential.objects.order_by("template__code"))
    assert [each.template.code for each in credentials] == ["certificado", "otra"]
    assert {each.person_id for each in credentials} == {enrolment.person_id}
    assert len({each.code for each in credentials}) == 2
    assert sorted(data["credential"] for data in issued()) == sorted(str(each.pk) for each in credentials)
    assert check() == []


def test_credential_bears_the_day_of_completion_where_she_is_and_her_name_of_that_day():
    programme = a_certified_programme()
    Call.objects.create(
        programme=programme, edition=programme.editions.get(), track=programme.tracks.get(), code="abierta",
        admission="open", time_zone="America/La_Paz", opens_at=clock.now(), closes_at=clock.now(),
    )  # fmt: skip
    person = a_person()
    update_person(person=person, certificate_name="Rosa de los Ángeles Quispe", by=person)
    enrolment = an_enrolment(programme, person=person)
    with clock.travel(datetime(2026, 7, 1, 3, 0, tzinfo=UTC)):
        complete(enrolment)
    with clock.travel(datetime(2026, 7, 9, tzinfo=UTC)):
        work_until_done()
    update_person(person=person, certificate_name="", by=person)

    credential = Credential.objects.get()
    assert credential.issued_at == datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
    assert credential.issued_on == date(2026, 6, 30)
    assert credential.name == "Rosa de los Ángeles Quispe"


def test_nothing_is_certified_before_it_is_completed():
    enrolment = an_enrolment(a_certified_programme())

    with pytest.raises(NotCompleted):
        issue_credentials(enrolment=enrolment)


def test_issuing_again_changes_nothing():
    credential = a_credential()

    assert issue_credentials(enrolment=credential.enrolment) == []
    assert Credential.objects.count() == len(issued()) == 1


def test_database_holds_one_credential_of_a_template():
    credential = a_credential()

    with pytest.raises(IntegrityError):
        Credential.objects.create(
            enrolment=credential.enrolment, person=credential.person, template=credential.template, code="X",
            wording=credential.wording, issued_at=clock.now(), issued_on=date(2026, 1, 1),
        )  # fmt: skip


def test_who_completed_before_the_template_came_gets_hers_in_portions(monkeypatch):
    monkeypatch.setattr("trenza.apps.credentials.actions.issuing.PORTION", 2)
    programme = a_programme(completion=1)
    for n in range(5):
        complete(an_enrolment(programme, person=a_person(f"Rosa {n}")))
    an_enrolment(programme, person=a_person("Ana"))
    work_until_done()
    assert issued() == []

    a_template(programme)
    load_again(programme=programme)
    work_until_done()

    assert Credential.objects.count() == len(issued()) == 5
    assert [kind for kind, *_ in journal()].count("credentials.issuing_continued.v1") == 2
    assert issue_missing(programme=programme.pk) == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_issue_one():
    programme = a_certified_programme()
    enrolment = an_enrolment(programme)
    complete(enrolment)
    barrier = Barrier(4)

    def issue() -> None:
        barrier.wait()
        issue_credentials(enrolment=enrolment)
        connection.close()

    threads = [Thread(target=issue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Credential.objects.count() == len(issued()) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_worker_that_is_killed_at_any_commit_leaves_one_credential(moment):
    programme = a_certified_programme()
    complete(an_enrolment(programme))
    minutes, commit = 0, 1
    while run_worker(commit, moment, later=minutes) != 0:
        assert commit < 20
        minutes, commit = minutes + 10, commit + 1  # its lease runs out, and the next dies one commit later

    assert Credential.objects.count() == len(issued()) == 1
    assert check() == []
