"""Dated facts about countries, as data in files that anybody may correct: what 1 GB costs, in whose money, ages that
the law names, telephone lines that help. Each entry names its source and the day on which somebody looked
(docs/data.md).

What is not in the files is unknown, and stays so: nothing is guessed from a neighbour or an average. Who asks gets
None and says nothing, or is careful (`adult_age` takes 18).
"""

from trenza.core.reference.checking import Checked, check
from trenza.core.reference.entries import Age, Currency, Hotline, Price
from trenza.core.reference.facts import (
    CAREFUL_AGE,
    account_age,
    adult_age,
    adult_ages,
    age,
    cost_in_cents,
    cost_in_money,
    currency,
    forget,
    hotlines,
    price,
)
from trenza.core.reference.reading import Facts, ReferenceErrors, read_facts

__all__ = [
    "CAREFUL_AGE", "Age", "Checked", "Currency", "Facts", "Hotline", "Price", "ReferenceErrors", "account_age",
    "adult_age", "adult_ages", "age", "check", "cost_in_cents", "cost_in_money", "currency", "forget", "hotlines",
    "price", "read_facts",
]  # fmt: skip
