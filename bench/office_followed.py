"""What the office does with a hundred thousand applications: how each was judged, who was told, who asks again, who was
taken down, guardians, parts of scholarships, pairs that may be one woman. Synthetic, from the caller's chance."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from trenza.apps.admissions.api import (
    Appeal,
    Application,
    Award,
    AwardPart,
    Brought,
    EligibilityOutcome,
    Fulfilment,
    Judgement,
    Letter,
    Notice,
)
from trenza.apps.people.api import DuplicatePair, Guardianship

Insert = Callable[[type[Model], Iterable[Any]], None]
DAY = timedelta(days=1)
LACKS = ("needs_help", "not_eligible")
PARTS = (
    ("curso", "course", "Curso"),
    ("datos", "data_voucher", "Datos"),
    ("certificado", "certificate", "Certificado"),
)


def insert(
    add: Insert,
    applications: Sequence[Application],
    awards: Mapping[UUID, Award],
    team: Sequence[UUID],
    chance: random.Random,
) -> None:
    """Insert it all by `add`; `team` are ids of persons who do things."""
    lacking = [each for each in applications if each.state in LACKS]
    add(EligibilityOutcome, (outcome for each in applications for outcome in _outcomes(each, chance)))
    add(Judgement, (_judgement(each) for each in applications))
    add(
        Notice,
        (
            Notice(application=each, state=each.state, told_at=each.submitted_at + DAY)
            for each in applications
            if chance.random() < 0.3
        ),
    )
    add(Appeal, (_appeal(each, chance) for each in lacking if chance.random() < 0.2))
    add(
        Fulfilment,
        (
            Fulfilment(
                application=each, rule="edad", how=chance.choice(("team", "tasks")), made_at=each.submitted_at + DAY
            )
            for each in applications
            if chance.random() < 0.05
        ),
    )
    brought = [
        Brought(
            call_id=each.call_id, person_id=each.person_id, region_id=each.region_id, by_id=chance.choice(team),
            brought_at=each.submitted_at, paper_on=each.submitted_at.date() if chance.random() < 0.3 else None,
        )
        for each in applications
        if chance.random() < 0.1
    ]  # fmt: skip
    add(Brought, brought)
    add(Letter, (_letter(each) for each in brought if each.paper_on is None and chance.random() < 0.5))
    add(Guardianship, (_guardianship(each, chance) for each in applications if each.state == "waiting_guardian"))
    add(
        AwardPart,
        (part for each in applications if each.state == "accepted" for part in _parts(awards[each.pk], chance)),
    )
    add(DuplicatePair, _pairs(applications, chance))


def _outcomes(application: Application, chance: random.Random) -> Iterator[EligibilityOutcome]:
    for position, rule in enumerate(application.call.rules):
        unmet = rule.get("unmet", "refuse")
        met = application.state not in LACKS or chance.random() < 0.5
        yield EligibilityOutcome(
            application=application, position=position, rule=rule["code"], met=met, sentence=rule["sentence"],
            unmet=unmet,
        )  # fmt: skip


def _judgement(application: Application) -> Judgement:
    return Judgement(
        application=application,
        judged_at=application.submitted_at,
        cause="applied",
        verdict=application.state if application.state in LACKS else "eligible",
        state=application.state,
    )


def _appeal(application: Application, chance: random.Random) -> Appeal:
    made_at = application.submitted_at + 3 * DAY
    if chance.random() < 0.5:
        return Appeal(application=application, text="Miren otra vez.", made_at=made_at)
    return Appeal(
        application=application, text="Miren otra vez.", made_at=made_at, answered_at=made_at + DAY,
        upheld=chance.random() < 0.5, reason="Lo vimos otra vez.",
    )  # fmt: skip


def _letter(brought: Brought) -> Letter:
    return Letter(
        id=brought.pk, secret="a" * 64, call_id=brought.call_id, state="received",
        written_at=brought.brought_at - DAY, arrived_at=brought.brought_at,
    )  # fmt: skip


def _guardianship(application: Application, chance: random.Random) -> Guardianship:
    return Guardianship(
        person_id=application.person_id, name="Elena Quispe", relation="mother", email="elena@ejemplo.bo",
        state=chance.choice(("asked", "agreed")),
    )  # fmt: skip


def _parts(award: Award, chance: random.Random) -> Iterator[AwardPart]:
    for code, kind, name in PARTS:
        given = chance.random() < 0.5
        yield AwardPart(
            award=award, code=code, kind=kind, name=name, given_on=award.awarded_at.date() if given else None,
            recorded_at=award.awarded_at if given else None,
        )  # fmt: skip


def _pairs(applications: Sequence[Application], chance: random.Random) -> Iterator[DuplicatePair]:
    """Each of some with the one that came ten later."""
    for one, other in zip(applications[::20], applications[10::20], strict=False):
        first, second = sorted((one.person_id, other.person_id))
        found_at = other.submitted_at + DAY
        state = chance.choice(("possible", "possible", "different"))
        yield DuplicatePair(
            first_id=first, second_id=second, state=state, found="nightly", score=chance.random(), found_at=found_at,
            decided_at=None if state == "possible" else found_at,
        )  # fmt: skip
