"""What trainers ask, who reads and answers it, and what others find."""

from datetime import timedelta

import pytest

from tests.apps.accompaniment.examples import Group, a_group, day, enrolled
from tests.apps.places.examples import a_centre
from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import a_session
from tests.journal import journal
from tests.portals.office.people import staff
from trenza.apps.accompaniment import privacy
from trenza.apps.accompaniment.actions import answer_inquiry, make_inquiry
from trenza.apps.accompaniment.actions.inquiry import MOST_A_DAY
from trenza.apps.accompaniment.errors import NothingWritten, TooManyInquiries
from trenza.apps.accompaniment.models import Inquiry
from trenza.apps.accompaniment.queries import find_replies, inquiries_of
from trenza.apps.accompaniment.rules import answerable_inquiries, readable_inquiries
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import check
from trenza.core.privacy import export_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(db) -> Group:
    return a_group()


@pytest.fixture(autouse=True)
def third_day():
    with clock.travel(day(3)):
        yield


def asked(group: Group, text: str = "Ana Quispe no puede entrar.", **more: object) -> Inquiry:
    wish = {"edition": group.programme.editions.get(), "category": "access", "by": group.marta}
    return make_inquiry(text=text, **(wish | more))  # type: ignore[arg-type]  # as it takes them


def test_question_and_answers_are_kept_and_the_journal_has_neither(group):
    inquiry = asked(group, text="No abre\r\nla lista. ")
    first = answer_inquiry(inquiry=inquiry, text="Lo miramos.", by=None)
    with clock.travel(day(4)):
        second = answer_inquiry(inquiry=inquiry, text="Ya abre.", findable_as=" La lista  no abre ", by=None)

    [own] = inquiries_of(group.marta)
    assert (own.text, [reply.text for reply in own.replies.all()]) == (
        "No abre\nla lista.",
        ["Lo miramos.", "Ya abre."],
    )
    assert [(kind, about, data) for kind, about, _, data in journal() if "inquiry" in kind] == [
        ("accompaniment.inquiry_made.v1", None, {"inquiry": str(inquiry.pk), "category": "access"}),
        *(
            (
                "accompaniment.inquiry_answered.v1",
                None,
                {"inquiry": str(inquiry.pk), "reply": str(reply.pk), "findable": findable},
            )
            for reply, findable in ((first, False), (second, True))
        ),
    ]
    assert (second.findable_as, list(check())) == ("La lista no abre", [])


def test_same_question_twice_is_one_and_a_day_has_an_end(group):
    assert asked(group) == asked(group)
    for number in range(MOST_A_DAY - 1):
        asked(group, text=f"Pregunta {number}")
    with pytest.raises(TooManyInquiries):
        asked(group, text="Una más")
    with clock.travel(day(3) + timedelta(days=1, minutes=1)):
        asked(group, text="Una más")

    assert Inquiry.objects.count() == MOST_A_DAY + 1


def test_question_needs_words_and_a_place_of_hers(group):
    session = a_session(a_programme("otro"))
    for more, error in (
        ({"text": " \r\n "}, NothingWritten),
        ({"text": "x" * 2_001}, NothingWritten),
        ({"category": "love"}, ValueError),
        ({"by": staff("mentor")}, NotAllowed),
        ({"edition": session.edition}, NotAllowed),
        ({"session": session}, NotAllowed),
        ({"centre": a_centre().pk}, NotAllowed),
    ):
        with pytest.raises(error):
            asked(group, **more)

    assert Inquiry.objects.count() == 0


def test_team_of_the_edition_or_of_the_centre_reads_and_only_who_coordinates_answers(group):
    edition = group.programme.editions.get()
    centre = a_centre(region="norte", organisation="casa")
    inquiry = Inquiry.objects.create(
        edition=edition, centre=centre.pk, category="device", text="…", asked_by=group.marta, asked_at=day(3)
    )
    region = group.programme.regions.get(code="norte")
    scopes = [("all", None), ("edition", edition.pk), ("region", region.pk), ("centre", centre.pk)]
    elsewhere = [("edition", a_programme("otro").editions.get().pk), ("centre", a_centre(code="sur").pk)]

    for role, reads, answers in (("coordinator", True, True), ("auditor", True, False), ("trainer", False, False)):
        for kind, scope in [*scopes, *elsewhere]:
            viewer, there = staff(role, scope_kind=kind, scope=scope), (kind, scope) in scopes
            assert readable_inquiries.allows(viewer, inquiry) is (reads and there), (role, kind)
            assert answerable_inquiries.allows(viewer, inquiry) is (answers and there), (role, kind)
    with pytest.raises(NotAllowed):
        answer_inquiry(inquiry=inquiry, text="Hola", by=group.marta)


def test_others_find_what_the_team_made_findable_in_its_last_answer_and_never_the_question(group):
    inquiry, other = asked(group), asked(group, text="¿Y la impresora?")
    answer_inquiry(inquiry=inquiry, text="Dale un PIN nuevo.", findable_as="Una persona olvidó su contraseña", by=None)
    answer_inquiry(inquiry=other, text="Dale tinta a Ana.", by=None)
    olga = staff("trainer", scope_kind="edition", scope=a_programme("otro").editions.get().pk)

    def found(words: str) -> list[str]:
        return [reply.findable_as for reply in find_replies(olga, words)]

    assert found("CONTRASENA") == found("¿Y si olvidó la contraseña?") == ["Una persona olvidó su contraseña"]
    assert [found(words) for words in ("quispe", "tinta", "contraseña de otra cosa", "", "\0", "%")] == [[]] * 6
    assert find_replies(enrolled(group, "Ana")[0].person, "pin") == []
    with clock.travel(day(4)):
        answer_inquiry(inquiry=inquiry, text="Ya no es así.", by=None)
    assert found("pin") == []


def test_what_she_asked_is_hers_to_read_and_goes_with_her(group):
    inquiry = asked(group)
    answer_inquiry(inquiry=inquiry, text="Dale un PIN nuevo.", by=None)

    assert export_of(group.marta.pk)["accompaniment"]["inquiries"] == [
        {
            "category": "access",
            "text": "Ana Quispe no puede entrar.",
            "asked_at": day(3),
            "replies": [{"text": "Dale un PIN nuevo.", "at": day(3)}],
        }
    ]
    privacy.erase(person=group.marta.pk)
    assert (Inquiry.objects.get().text, list(check())) == ("", [])
