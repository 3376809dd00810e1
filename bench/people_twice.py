"""Applicants who do not exist, some of them entered twice, and how well the search finds those:
`python -m bench.people_twice [COUNT]` prints seconds, precision at a recall of 0.90, and memory.

Names are Bolivian and Mexican, with two surnames, as common and as rare as such names are. Five in a hundred are
second records of somebody, with one to three of these: a given name misspelt, a surname misspelt, the surnames
swapped, another phone or none. Some of those have a second given name or surname left out, a wrong day of birth or none
besides. A third of all live in families on one phone: sisters with the same surnames, mothers, and some twins.
"""

import datetime as dt
import json
import random
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from trenza.apps.people.duplicates.search import Known, Likely, search

GIVEN: Final = """
María Ana Rosa Juana Carmen Elena Lucía Martha Silvia Patricia Gabriela Daniela Andrea Carla Paola Verónica Claudia
Mónica Sandra Lidia Nelly Norma Gladys Beatriz Virginia Isabel Teresa Julia Victoria Sofía Valeria Camila Valentina
Alejandra Fernanda Guadalupe Ximena Yolanda Leticia Araceli Adriana Laura Diana Karina Karen Jhoselin Brenda Evelyn
Wendy Nayeli Maribel Miriam Noemí Ruth Raquel Sara Ester Eva Susana Cristina Jimena Fabiola Marisol Lourdes Rocío Pilar
Mercedes Dolores Esperanza Graciela Irma Olga Alicia Margarita Luz Flor Nieves Zulma Delia Felicidad Basilia Justina
Eulalia Primitiva Saturnina Tomasa Cinthia Shirley Liliana Viviana Estefany Abigail Melany Danitza Jazmín Citlali Itzel
Xóchitl Yaretzi
""".split()  # noqa: SIM905 (a list of lines is long to read)
SURNAMES: Final = """
Quispe Mamani Condori Flores Choque Huanca Apaza Vargas Gutiérrez López García Rodríguez Rojas Fernández Martínez Cruz
Ramos Torrez Chávez Mendoza Morales Castro Ortiz Pérez Sánchez Hernández González Ramírez Gómez Díaz Reyes Jiménez Ruiz
Aguilar Mendieta Callisaya Ticona Laura Yujra Nina Poma Copa Limachi Colque Calle Alanoca Patzi Cusi Tarqui Charca
Velasco Salazar Guzmán Rivera Camacho Arce Zambrana Suárez Justiniano Paz Soria Vaca Áñez Montaño Claros Zurita Ledezma
Cáceres Villarroel Orellana Coca Veizaga Heredia Alvarado Moreno Medina Guerrero Vázquez Juárez Domínguez Ortega
Delgado Ríos Contreras Luna Cervantes Estrada Espinoza Valdez Cortés Navarro Campos Vega Ibarra Salas Carrillo Fuentes
Miranda Bautista Marín Cardozo Peralta Arias Pinto Rocha Aranibar Terán Saavedra Barrientos
""".split()  # noqa: SIM905 (a list of lines is long to read)
# As it sounds; each stands for the next.
_SOUNDS: Final = "z s, s c, v b, b v, ll y, y ll, qu k, i y, j h"
_SPELT: Final = tuple((one, other) for one, other in (pair.split() for pair in _SOUNDS.split(", ")))
AGAIN: Final = 0.05
RECALL: Final = 0.90


@dataclass(frozen=True)
class Applicant:
    """What the search sees of a record, and whose second record it is, if it is one."""

    known: Known
    again_of: UUID | None = None


def families(count: int, *, seed: int) -> list[Applicant]:
    """So many records; the same for the same seed."""
    made = _Maker(random.Random(seed))
    again = int(count * AGAIN)
    while len(made.people) < count - again:
        made.household()
    made.people = made.people[: count - again]
    for original in made.chance.sample(made.people, again):
        made.again(original.known)
    return made.people


@dataclass(frozen=True)
class Quality:
    """How many pairs it takes to find nine of ten seeded ones, how many of these are right, and the score there."""

    precision: float
    score: float
    pairs: int
    recall: float


def quality(people: Sequence[Applicant], pairs: Sequence[Likely]) -> Quality:
    """Precision where the recall is 0.90, the likeliest pairs first. `pairs` and `recall` are of all that was found."""
    same = {frozenset((each.known.id, each.again_of)) for each in people if each.again_of}
    right, at = 0, (0.0, 0.0)
    for number, pair in enumerate(pairs, 1):
        right += frozenset((pair.one, pair.other)) in same
        if right >= RECALL * len(same) and not at[0]:
            at = (right / number, pair.score)
    return Quality(*at, len(pairs), right / len(same))


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.people: list[Applicant] = []

    def household(self) -> None:
        """Somebody, and in some houses her sisters, her mother or her twin, on one phone."""
        first, second, phone = self.surname(), self.surname(), self.phone()
        if self.chance.random() < 0.06:
            second = ""
        given, born, kind = self.given(), self.day(1990, 6_500), self.chance.random()
        self.add(given, (first, second), born, phone)
        if kind < 0.14:
            for _ in range(self.chance.choice((1, 1, 2))):
                self.add(self.given(), (first, second), self.day(1990, 6_500), phone)
        elif kind < 0.2:
            self.add(self.given(), (second or self.surname(), self.surname()), self.day(1965, 9_000), phone)
        elif kind < 0.203:
            twin = self.given()
            while set(twin.split()) & set(given.split()):
                twin = self.given()
            self.add(twin, (first, second), born, phone)

    def again(self, known: Known) -> None:
        """Her second record, as it is written down a year later in another place."""
        given, surnames = known.given_name.split(), known.family_name.split()
        born, phone = known.birth_date, known.phone
        wrong = self.chance.sample(("given", "surname", "swapped", "phone"), self.chance.choice((1, 1, 2, 2, 3)))
        if "given" in wrong:
            place = self.chance.randrange(len(given))
            given[place] = self.misspelt(given[place])
        if "surname" in wrong:
            place = self.chance.randrange(len(surnames))
            surnames[place] = self.misspelt(surnames[place])
        if "swapped" in wrong:
            surnames.reverse()
        if "phone" in wrong:
            phone = self.phone()
        if self.chance.random() < 0.05:
            given = given[:1]
        if self.chance.random() < 0.05:
            surnames = surnames[:1]
        if born and self.chance.random() < 0.04:
            swapped = born.day <= 12
            born = born.replace(day=born.month, month=born.day) if swapped else born.replace(day=born.day - 10)
        if self.chance.random() < 0.02:
            born = None
        self.add(" ".join(given), (" ".join(surnames), ""), born, phone, again_of=known.id)

    def add(
        self, given: str, surnames: tuple[str, str], born: dt.date | None, phone: str, again_of: UUID | None = None
    ) -> None:
        key = UUID(int=len(self.people) + 1)
        self.people.append(Applicant(Known(key, given, " ".join(surnames).strip(), born, phone), again_of))

    def given(self) -> str:
        one = self.name(GIVEN)
        return one if self.chance.random() < 0.45 else f"{one} {self.name(GIVEN)}"

    def surname(self) -> str:
        return self.name(SURNAMES)

    def name(self, names: Sequence[str]) -> str:
        return self.chance.choices(names, cum_weights=_cumulated(len(names)))[0]

    def day(self, year: int, days: int) -> dt.date:
        return dt.date(year, 1, 1) + dt.timedelta(self.chance.randrange(days))

    def phone(self) -> str:
        return f"+591{self.chance.randrange(60_000_000, 79_999_999)}" if self.chance.random() < 0.9 else ""

    def misspelt(self, word: str) -> str:
        """As it sounds, or with a letter left out, swapped or another."""
        word = word.lower()
        sounds = [(one, other) for one, other in _SPELT if one in word]
        if sounds and self.chance.random() < 0.5:
            return word.replace(*self.chance.choice(sounds), 1).title()
        place = self.chance.randrange(1, max(2, len(word) - 1))
        rest = word[place + 1 :]
        kinds = (rest, f"{rest[:1]}{word[place]}{rest[1:]}", f"{self.chance.choice('aeiourns')}{rest}")
        return f"{word[:place]}{self.chance.choice(kinds)}".title()


_weights: dict[int, list[float]] = {}


def _cumulated(count: int) -> list[float]:
    """The commonest names are those of one woman in forty, the rarest of one in seven hundred."""
    if count not in _weights:
        total, found = 0.0, []
        for place in range(count):
            total += 1 / (place + 6)
            found.append(total)
        _weights[count] = found
    return _weights[count]


if __name__ == "__main__":
    people = families(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000, seed=7)
    begun = time.perf_counter()
    pairs = search([each.known for each in people])
    seconds = time.perf_counter() - begun
    found = quality(people, pairs)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "precision": found.precision,
                "score": found.score,
                "pairs": found.pairs,
                "recall": found.recall,
                "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )
