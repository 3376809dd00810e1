"""Who they are: names that are common where they live, ages that the call asks for, an address that reaches nobody."""

import random
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from trenza.apps.admissions.api import Call
from trenza.apps.forms.api import Answer, Form, Question
from trenza.apps.people.api import Person, register_person
from trenza.apps.programmes.api import Region
from trenza.cli.simulator.scenario import Learners

MAIL_DOMAIN = "demo.example"  # RFC 2606: nobody can have it
NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
GIVEN, GIVEN_MALE = NAMES["given"].split(), NAMES["given_male"].split()
FAMILY = {country: names.split() for country, names in NAMES["family"].items()}
YOUNGEST, OLDEST, USUAL = 16, 64, 29


@dataclass(frozen=True)
class Traits:
    """What follows her through the story: how likely she answers right, and stops before the next lesson."""

    accuracy: float
    leaves: float
    hours_to_begin: float


def traits(chance: random.Random, habits: Learners) -> Traits:
    """Drawn for one person."""
    least, usual, most = habits.accuracy
    stays, hesitates, goes = habits.leaves
    return Traits(
        accuracy=chance.triangular(least, most, usual),
        leaves=chance.triangular(stays, goes, hesitates),
        hours_to_begin=chance.expovariate(1 / habits.begin_hours),
    )


def a_person(chance: random.Random, mark: str, call: Call, region: Region | None, day: date, *, male: float) -> Person:
    """Register one; `mark` makes her address hers alone, `day` is the day on which she has her age."""
    country = (region.iso if region else call.edition.countries[0])[:2]
    families = FAMILY.get(country, FAMILY["other"])
    relative = call.programme.participants == "women_and_family" and chance.random() < male
    given = chance.choice(GIVEN_MALE if relative else GIVEN)
    if chance.random() < 0.4:
        given += " " + chance.choice(GIVEN_MALE if relative else GIVEN)
    return register_person(
        given_name=given,
        family_name=f"{chance.choice(families)} {chance.choice(families)}",
        email=f"{_ascii(given)}.{call.programme.code}.{mark}@{MAIL_DOMAIN}",
        birth_date=_birth_date(chance, call, day),
        sex="male" if relative else "female",
        country=country,
        synthetic=True,
    )


def answers(
    chance: random.Random, form: Form, person: Person, region: Region | None, *, yes: float
) -> dict[str, Answer]:
    """What she answers in a form; `yes` is how likely she says yes."""
    found = {}
    for question in form.questionnaire.questions:
        answer = _answer(chance, question, person, region, yes)
        if answer is not None and (question.required or chance.random() < 0.8):
            found[question.code] = answer
    return found


def _answer(
    chance: random.Random, question: Question, person: Person, region: Region | None, yes: float
) -> Answer | None:
    match question.type:
        case "yes_no":
            return chance.random() < yes
        case "date":
            return (person.birth_date or date(2000, 1, 1)).isoformat()
        case "region":
            return region.code if region else None
        case "choice":
            codes = [choice.code for choice in question.choices]
            return person.sex if person.sex in codes else chance.choice(codes)
        case "choices":
            return [chance.choice([choice.code for choice in question.choices])]
        case "whole_number":
            return chance.randint(1, 6)
        case "email":
            return f"nadie@{MAIL_DOMAIN}"
        case "phone":
            return "+59170000000"
        case _:
            return chance.choice(
                [
                    "Quiero aprender para mi negocio.",
                    "Me gustaría conseguir un trabajo.",
                    "Para ayudar a mis hijos con la escuela.",
                    "Vendo comida y quiero vender por internet.",
                ]
            )


def _birth_date(chance: random.Random, call: Call, day: date) -> date:
    """An age that the call mostly asks for: one in twenty is just outside."""
    limits = [rule for rule in call.eligibility if rule.question == "age"]
    youngest = max([YOUNGEST if limits else 18, *(rule.at_least or 0 for rule in limits)])
    oldest = min([OLDEST, *(rule.at_most or OLDEST for rule in limits)])
    age = round(chance.triangular(youngest, oldest, min(USUAL, (youngest + oldest) / 2)))
    if limits and chance.random() < 0.05:
        age = oldest + chance.randint(1, 4)
    return day - timedelta(days=age * 365.25 + chance.randrange(5, 350))


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "-")
