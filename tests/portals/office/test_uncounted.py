"""What phones sent and could not be counted: who sees it, and who decides."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from tests.apps.learning.examples import published
from tests.phone_client import Phone
from tests.portals.learner.scene import lessons, rosa
from tests.portals.office.people import sign_in, staff
from trenza.apps.learning import catalogue
from trenza.apps.people import uncounted as bundles
from trenza.apps.people.api import grant_role, revoke_device
from trenza.core.journal import everything
from trenza.core.models import SetAside

pytestmark = pytest.mark.django_db
RIGHT = [[1], [0, 1]]


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings) -> Iterator[None]:
    """Each test has its own courses and cell key."""
    settings.FILES_ROOT, settings.PRIVATE_ROOT = tmp_path / "files", tmp_path / "private"
    catalogue.forget()
    yield
    catalogue.forget()


@pytest.fixture
def phone() -> Phone:
    """Ana's, cut off before her last lesson arrived, with a record of a lesson that is not here."""
    course = published(lessons=3)
    ana = rosa("Ana")
    phone = Phone.of(ana)
    revoke_device(device=phone.profile, by=ana)
    phone.send(Client(), [phone.lesson(lessons(course)[0].pk, RIGHT), phone.lesson(UUID(int=5), [])])
    return phone


def cards(client: Client) -> list[tuple[str, int, bool]]:
    return [
        (each.reason, each.things, each.decidable)
        for each, _why in client.get("/oficina/sin-contar/").context["bundles"]
    ]


def counted(phone: Phone) -> int:
    return sum(line.device == phone.keys.device for line in everything())


def decide(client: Client, phone: Phone, decision: str, reason: str = "access_revoked") -> int:
    address = f"/oficina/sin-contar/{phone.profile.pk}/"
    return client.post(address, {"decision": decision, "reason": reason}).status_code


def test_trainer_lets_late_work_count(client, phone, django_assert_num_queries):
    trainer = staff("trainer")
    sign_in(client, trainer)
    assert cards(client) == [("access_revoked", 3, True), ("unknown_lesson", 1, False)]
    with django_assert_num_queries(4):
        assert len(bundles.uncounted(trainer)) == 2

    assert decide(client, phone, "count") == 302

    assert counted(phone) == 3
    assert cards(client) == [("unknown_lesson", 1, False)]
    assert set(SetAside.objects.values_list("state", "settled_by")) == {("taken_in", trainer.pk)}


def test_trainer_leaves_it_out_and_it_stays_kept(client, phone):
    trainer = staff("trainer")
    sign_in(client, trainer)

    decide(client, phone, "discard")
    decide(client, phone, "count")

    assert (counted(phone), cards(client)) == (0, [("unknown_lesson", 1, False)])
    assert set(SetAside.objects.values_list("state", "settled_by")) == {("discarded", trainer.pk)}


def test_much_is_decided_in_portions_that_the_page_names(client, phone, monkeypatch):
    monkeypatch.setattr(bundles, "MOST_AT_ONCE", 2)
    sign_in(client, staff("trainer"))
    address = f"/oficina/sin-contar/{phone.profile.pk}/"

    answer = client.post(address, {"decision": "count", "reason": "access_revoked"}, follow=True)

    assert "2 cosas ya cuentan." in answer.text
    assert "Todavía espera 1: pulsa otra vez." in answer.text


def test_who_does_not_help_her_neither_sees_nor_decides(client, phone):
    sign_in(client, staff("trainer", scope_kind="region", scope=UUID(int=7)))
    assert cards(client) == []
    assert decide(client, phone, "count") == 404

    grant_role(person=phone.profile.person, role="mentor", by=None)
    sign_in(client, staff("coordinator", scope_kind="region", scope=UUID(int=7)))
    assert decide(client, phone, "count") == 404
    assert counted(phone) == 0


@pytest.mark.parametrize("decision", ["", "delete", "\0"])
def test_other_decisions_are_none(client, phone, decision):
    sign_in(client, staff("trainer"))
    assert decide(client, phone, decision) == 404
    assert decide(client, phone, "count", "\0" * 100) == 302
    assert counted(phone) == 0
