"""Eligibility: a million applications judged in memory, and how many a second with what is read and written."""

import json
import random
import time
from collections import Counter
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.core.management import call_command

from bench.figure import Measured, figure
from trenza.apps.admissions.actions.judging import keep_outcomes
from trenza.apps.admissions.actions.judging_anew import judge_portion
from trenza.apps.admissions.api import Application, Call, EligibilityRule, Ruleset, verdict
from trenza.apps.forms.api import Response
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import load_definition
from trenza.core import clock
from trenza.core.definition import read_definition
from trenza.core.ids import new_id
from trenza.core.journal import work_until_done

MILLION: Final = 1_000_000
STORED: Final = 20_000
ON: Final = date(2026, 8, 31)


@figure("eligibility_1m_s")
def evaluated() -> Measured:
    """Seconds to judge a million applications by every rule of two programmes (age among them): from each one's stored
    answers, as the database gives them, to its outcomes and verdict, compared with the outcomes of before. That is all
    that judging again does but for reading and writing rows. One process."""
    ruleset = Ruleset(_rules())
    chance = random.Random(7)
    stored = [_answers(chance) for _ in range(MILLION)]
    before = ruleset.evaluate({}, ON)
    verdicts: Counter[str] = Counter()
    start = time.perf_counter()
    for text, born in stored:
        outcomes = ruleset.evaluate(json.loads(text), ON, (), born=born)
        if outcomes != before:
            verdicts[verdict(outcomes)] += 1
    seconds = time.perf_counter() - start
    assert len(verdicts) == 3, verdicts
    return Measured(seconds, "s", peer=f"a million applications, {len(ruleset.rules)} rules")


@figure("eligibility_stored_per_s_sqlite")
def stored_sqlite() -> Measured:
    return _judged_again()


@figure("eligibility_stored_per_s_postgresql")
def stored_postgresql() -> Measured:
    return _judged_again()


def _judged_again() -> Measured:
    """Applications a second that the reaction judges again after a definition changed a rule: read, judged, and for one
    in four of them, whose outcome changes, outcomes, history, state and entry written; each portion durable."""
    call_command("migrate", verbosity=0)
    call = _applications()
    wants = {"code": "ganas", "question": "wants_to_learn", "equals": True, "sentence": "Tienes ganas de aprender."}
    rules = [wants if rule["code"] == "ganas" else rule for rule in call.rules]
    Call.objects.filter(pk=call.pk).update(rules=rules)
    start = time.perf_counter()
    judge_portion(call=call.pk, after=None)
    work_until_done()
    seconds = time.perf_counter() - start
    changed = call.applications.filter(state="not_eligible").count()
    assert STORED // 5 < changed < STORED // 3, changed
    return Measured(STORED / seconds, "applications/s", peer=f"{changed} of {STORED} came out otherwise")


def _rules() -> list[EligibilityRule]:
    found = []
    for code in ("mujeres-online", "iyf-conectadas"):
        found += read_definition(settings.PROGRAMMES / code).of(EligibilityRule)
    return found


def _answers(chance: random.Random) -> tuple[str, date]:
    """What is stored of one application, and when she was born."""
    born = date(1985, 1, 1) + timedelta(days=chance.randrange(9_000))
    answers = {
        "birth_date": born.isoformat(), "sex": "female", "region": "el-alto", "device": "shared-phone",
        "plan_when": "Martes y jueves a las 8 de la noche", "plan_where": "En mi casa", "plan_help": "Mi hermana",
        "wants_to_learn": chance.random() < 0.97, "has_email": chance.random() < 0.8,
        "knows_basics": chance.random() < 0.8, "low_income": chance.random() < 0.95,
    }  # fmt: skip
    return json.dumps(answers), born


def _applications() -> Call:
    """A call of Mujeres Online with applications that all meet its rules; one in four will not want to learn."""
    load_definition(definition=read_definition(settings.PROGRAMMES / "mujeres-online"), today=date(2026, 8, 1))
    call = Call.objects.get(code="el-alto")
    call.rules = [
        {"code": r["code"], "question": r["question"], "answered": True, "sentence": r["sentence"]} for r in call.rules
    ]
    Call.objects.filter(pk=call.pk).update(rules=call.rules)
    outcomes = call.ruleset.evaluate(
        dict.fromkeys(("plan_when", "wants_to_learn", "has_email", "knows_basics"), "x"), ON
    )
    region, chance, now = call.regions.get(), random.Random(7), clock.now()
    for first in range(0, STORED, 1_000):
        people = Person.objects.bulk_create(
            Person(
                id=new_id(), given_name="Juana", family_name=str(first + n), birth_date=date(1990, 1, 1),
                registered_at=now, synthetic=True,
            )
            for n in range(1_000)
        )  # fmt: skip
        responses = Response.objects.bulk_create(
            Response(
                id=new_id(), form=call.form, person=person.pk, submitted_at=now,
                answers={
                    "plan_when": "Martes", "wants_to_learn": chance.random() < 0.75, "has_email": True,
                    "knows_basics": True,
                },
            )
            for person in people
        )  # fmt: skip
        made = Application.objects.bulk_create(
            Application(
                id=new_id(), call=call, person=person, region=region, response=response, submitted_at=now,
                state="submitted",
            )
            for person, response in zip(people, responses, strict=True)
        )  # fmt: skip
        keep_outcomes((each, outcomes) for each in made)
    return call
