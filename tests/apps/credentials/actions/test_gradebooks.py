"""A gradebook of a course elsewhere: looked at, applied once, and what matches nobody waits for a person."""

from datetime import timedelta
from typing import Any

import pytest

from tests.apps.credentials.elsewhere import a_coordinator, a_course, a_learner, another_learner
from tests.apps.programmes.examples import a_person
from tests.journal import journal
from trenza.apps.credentials import matching
from trenza.apps.credentials.actions import (
    NewGrade,
    NewGradebook,
    apply_portion,
    confirm_gradebook,
    discard_gradebook,
    dismiss_grade_row,
    forget_old_gradebooks,
    keep_gradebook,
    link_grade_row,
)
from trenza.apps.credentials.actions import gradebooks as actions
from trenza.apps.credentials.errors import AppliedAlready, DecidedAlready, NoReason, NothingToApply, NotOfHerTrack
from trenza.apps.credentials.models import Credential, Gradebook, GradebookRow
from trenza.apps.people.api import Person, withdraw_role
from trenza.apps.programmes.api import Enrolment, ExternalCourse, RequirementMet
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import work, work_until_done
from trenza.core.privacy import erase_of, export_of

pytestmark = pytest.mark.django_db


class World:
    """Rosa has no address; Eva (south) and Ana (north) have one; a coordinator of everything."""

    def __init__(self) -> None:
        self.rosa = a_learner(region="sur")
        self.course: ExternalCourse = a_course(self.rosa)
        self.eva = another_learner(self.rosa, "Eva", "eva@ejemplo.bo", "sur")
        self.ana = another_learner(self.rosa, "Ana", "ana@ejemplo.bo", "norte")
        self.by = a_coordinator()

    def keep(self, *rows: NewGrade, by: Person | None = None) -> Gradebook:
        new = NewGradebook(self.rosa.edition, self.course, "notas.csv", rows)
        return keep_gradebook(new=new, by=by or self.by)

    def apply(self, *rows: NewGrade, by: Person | None = None) -> Gradebook:
        kept = confirm_gradebook(gradebook=self.keep(*rows, by=by), by=by or self.by)
        work_until_done()
        kept.refresh_from_db()
        return kept


def row(number: int, email: str, score: float | None = None, **more: Any) -> NewGrade:
    return NewGrade(number, email.partition("@")[0], email, score, **more)


def states(kept: Gradebook) -> list[str]:
    return list(kept.rows.values_list("state", flat=True))


def met() -> set[str]:
    return set(RequirementMet.objects.values_list("enrolment__person__given_name", flat=True))


def test_preview_says_what_would_come_of_each_row_and_changes_nothing():
    world = World()
    region = world.rosa.edition.programme.regions.get(code="sur")
    southern = a_coordinator("region", region.pk)
    kept = world.keep(
        row(2, "eva@ejemplo.bo", 70),
        row(3, " EVA@ejemplo.bo", 90),
        row(4, "ana@ejemplo.bo", completed=True),
        row(5, "nadie@ejemplo.bo", 99.5),
        row(6, "eva@ejemplo.bo", 69.9),
        row(7, "x@ejemplo.bo", problem="El puntaje no es un número."),
        NewGrade(8, "Rosa Quispe", "", 80),
        by=southern,
    )

    assert states(kept) == ["ready", "twice", "outside", "unmatched", "not_passed", "odd", "unmatched"]
    work_until_done()
    assert (met(), [entry for entry in journal() if "gradebook" in entry[0]]) == (set(), [])


def test_applied_rows_complete_once_and_bring_certificates():
    world = World()
    rows = [row(2, "eva@ejemplo.bo", 70), row(3, "ana@ejemplo.bo", completed=True), row(4, "nadie@ejemplo.bo", 90)]

    kept = world.apply(*rows)

    assert (states(kept), met()) == (["done", "done", "unmatched"], {"Eva", "Ana"})
    assert kept.finished_at is not None
    done = kept.rows.get(number=2)
    assert (done.details, RequirementMet.objects.get(enrolment=world.eva).evidence) == ({"score": 70}, done.pk)
    assert Credential.objects.count() == 2
    entries = len(journal())
    again = world.keep(*rows)
    assert states(again) == ["met", "met", "known"]
    with pytest.raises(NothingToApply):
        confirm_gradebook(gradebook=again, by=world.by)
    work_until_done()
    assert (len(journal()), Credential.objects.count()) == (entries, 2)


def test_portions_go_on_where_a_worker_was_killed(monkeypatch: pytest.MonkeyPatch):
    world = World()
    monkeypatch.setattr(actions, "PORTION", 1)
    kept = confirm_gradebook(
        gradebook=world.keep(row(2, "eva@ejemplo.bo", 70), row(3, "ana@ejemplo.bo", 71)), by=world.by
    )

    def killed(**_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(actions, "meet_requirement", killed)
        with pytest.raises(KeyboardInterrupt):
            apply_portion(gradebook=kept.pk)
    assert (met(), states(kept)) == (set(), ["ready", "ready"])
    assert apply_portion(gradebook=kept.pk) == 1
    assert states(kept) == ["done", "ready"]
    work_until_done()
    assert (met(), states(kept)) == ({"Eva", "Ana"}, ["done", "done"])
    assert apply_portion(gradebook=kept.pk) == 0
    assert work() == 0


def test_row_that_matched_nobody_is_linked_by_who_coordinates_her():
    world = World()
    kept = world.apply(row(2, "otra@ejemplo.bo", 88))
    [waits] = kept.rows.all()

    link_grade_row(row=waits, enrolment=world.rosa, by=world.by)
    work_until_done()

    waits.refresh_from_db()
    assert (waits.state, waits.enrolment, waits.details, met()) == ("done", world.rosa, {"score": 88}, {"Rosa"})
    assert Credential.objects.get().person == world.rosa.person
    with pytest.raises(DecidedAlready):
        link_grade_row(row=waits, enrolment=world.eva, by=world.by)


def test_row_is_linked_within_the_scope_alone_and_to_what_the_gradebook_is_of():
    world = World()
    region = world.rosa.edition.programme.regions.get(code="sur")
    southern = a_coordinator("region", region.pk)
    [waits] = world.apply(row(2, "otra@ejemplo.bo", 88)).rows.all()
    [hers] = world.apply(row(2, "suya@ejemplo.bo", 88), by=southern).rows.all()
    other: Enrolment = another_learner(world.rosa, "Iris", region="sur")
    Enrolment.objects.filter(pk=other.pk).update(
        track=world.rosa.edition.programme.tracks.create(code="b", name="B", summary="…")
    )
    other.refresh_from_db()

    with pytest.raises(NotAllowed):  # a gradebook of everybody's
        link_grade_row(row=waits, enrolment=world.rosa, by=southern)
    with pytest.raises(NotAllowed):  # a woman of another region
        link_grade_row(row=hers, enrolment=world.ana, by=southern)
    with pytest.raises(NotOfHerTrack):
        link_grade_row(row=hers, enrolment=other, by=southern)
    assert link_grade_row(row=hers, enrolment=world.rosa, by=southern).state == "done"


def test_row_is_dismissed_with_a_reason_and_does_not_come_back():
    world = World()
    [waits] = world.apply(row(2, "otra@ejemplo.bo", 88)).rows.all()

    with pytest.raises(NoReason):
        dismiss_grade_row(row=waits, reason=" ", by=world.by)
    dismiss_grade_row(row=waits, reason="Es de otro programa.", by=world.by)

    waits.refresh_from_db()
    assert (waits.state, waits.details) == ("dismissed", {})
    assert journal()[-1][3] == {"row": str(waits.pk), "programme": str(world.rosa.edition.programme_id)}
    assert states(world.keep(row(9, "otra@ejemplo.bo", 88, completed_on=None))) == ["known"]


def test_rows_wait_only_once_the_gradebook_was_applied():
    world = World()
    kept = world.keep(row(2, "otra@ejemplo.bo", 88))

    with pytest.raises(DecidedAlready):
        link_grade_row(row=kept.rows.get(), enrolment=world.rosa, by=world.by)
    discard_gradebook(gradebook=kept, by=world.by)
    assert list(GradebookRow.objects.all()) == []
    with pytest.raises(AppliedAlready):
        discard_gradebook(gradebook=world.apply(row(2, "otra@ejemplo.bo", 88)), by=world.by)


def test_role_that_ended_before_a_worker_came_completes_nothing():
    world = World()
    kept = confirm_gradebook(gradebook=world.keep(row(2, "eva@ejemplo.bo", 70)), by=world.by)
    withdraw_role(grant=world.by.role_grants.get(), by=None)

    work_until_done()

    assert (states(kept), met()) == (["outside"], set())


def test_without_a_threshold_only_a_completion_counts():
    world = World()
    world.course.pass_score = None
    world.course.save()

    assert states(world.keep(row(2, "eva@ejemplo.bo", 100), row(3, "ana@ejemplo.bo", completed=True))) == [
        "not_passed", "ready",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["nobody", "learner"])
def test_who_does_not_coordinate_keeps_no_gradebook(who: str):
    world = World()
    by = world.eva.person if who == "learner" else a_person("Nadie")

    with pytest.raises(NotAllowed):
        world.keep(row(2, "eva@ejemplo.bo", 70), by=by)


@pytest.mark.parametrize(
    "address",
    ["eva@ejemplo.bo", "EVA@Ejemplo.BO", " eva@ejemplo.bo ", "<eva@ejemplo.bo>", "mailto:eva@ejemplo.bo",
     "eva+cisco@ejemplo.bo", "e\u200bva@ejemplo.bo"],
)  # fmt: skip
def test_address_is_found_in_its_spellings(address: str):
    world = World()

    assert states(world.keep(row(2, address, 70))) == ["ready"]


def test_gmail_has_two_names_and_no_dots():
    assert matching.spellings("Eva.M+x@googlemail.com") == [
        "eva.m+x@googlemail.com", "eva.m@googlemail.com", "eva.m@gmail.com", "evam@gmail.com", "evam@googlemail.com",
    ]  # fmt: skip
    assert matching.spellings("no address") == []


def test_two_boxes_that_may_be_the_same_are_left_to_a_person():
    world = World()
    another_learner(world.rosa, "Una", "unadetantas@gmail.com")
    another_learner(world.rosa, "Otra", "una.detantas@gmail.com")

    assert states(world.keep(row(2, "una.detantas+x@gmail.com", 70))) == ["unmatched"]
    assert states(world.keep(row(2, "una.detantas@gmail.com", 70))) == ["ready"]


@pytest.mark.parametrize("rows", [3, 380])
def test_looking_at_rows_asks_in_portions(rows: int, django_assert_max_num_queries: Any):
    world = World()
    many = [row(number, f"x{number}@ejemplo.bo", 70) for number in range(2, rows + 2)]

    with django_assert_max_num_queries(16):
        world.keep(*many)


def test_what_waits_is_forgotten_after_ninety_days_and_the_rest_after_a_week(monkeypatch: pytest.MonkeyPatch):
    world = World()
    applied = world.apply(row(2, "eva@ejemplo.bo", 70), row(3, "otra@ejemplo.bo", 88), row(4, "ana@ejemplo.bo", 1))
    world.keep(row(2, "mas@ejemplo.bo", 88))
    now = clock.now()

    assert forget_old_gradebooks() == 0
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=8))
    assert forget_old_gradebooks() == 2
    applied.refresh_from_db()
    assert (states(applied), applied.file_name, Gradebook.objects.count()) == (["done", "unmatched"], "", 1)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=91))
    assert forget_old_gradebooks() == 1
    assert states(applied) == ["done"]


def test_rows_of_hers_are_exported_and_erased_with_her():
    world = World()
    world.apply(row(2, "eva@ejemplo.bo", 70), row(3, "ana@ejemplo.bo", 10))
    assert export_of(world.eva.person_id)["credentials"]["gradebooks"][0]["score"] == 70

    for each in (world.eva, world.ana):
        erase_of(each.person_id)

    [left] = GradebookRow.objects.all()
    assert (left.enrolment, left.details, left.address, left.digest) == (world.eva, {}, "", "")
