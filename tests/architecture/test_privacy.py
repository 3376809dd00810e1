"""Every field of ours is plain, personal or sensitive, and every table of somebody else's has been looked at."""

from collections.abc import Iterable, Iterator, Mapping

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture.test_foreign_keys import our_models
from trenza.apps.people.privacy import THIRD_PARTY, WITHOUT_PERSONAL_DATA
from trenza.core.privacy import PERSONAL, Privacy


def unclassified(found: Iterable[type[models.Model]]) -> Iterator[str]:
    """Fields that a model's `privacy` does not name (the key is a random name and needs none), and the reverse."""
    for model in found:
        label = model._meta.label
        named: Mapping[str, Privacy] = getattr(model, "privacy", {})
        fields = {field.name for field in model._meta.concrete_fields}
        fields |= {field.name for field in model._meta.local_many_to_many}
        yield from (f"{label}.{name} is not classified" for name in sorted(fields - named.keys() - {"id"}))
        yield from (f"{label}.{name} is classified and does not exist" for name in sorted(named.keys() - fields))
        yield from (f"{label}.{name} is no Privacy" for name, value in named.items() if not isinstance(value, Privacy))


def third_party_models() -> dict[str, type[models.Model]]:
    return {
        model._meta.label: model
        for app in apps.get_app_configs()
        if not app.name.startswith("trenza.")
        for model in app.get_models()
    }


def faults_of_third_parties(
    installed: Mapping[str, type[models.Model]], personal: Iterable[str], without: Iterable[str]
) -> Iterator[str]:
    """Tables that nobody has looked at, those said to hold something and nothing, and fields that do not exist."""
    with_some = {label.rpartition(".")[0] for label in personal}
    yield from (f"{label} is not listed" for label in sorted(installed.keys() - with_some - set(without)))
    yield from (f"{label} is listed as holding none, too" for label in sorted(with_some & set(without)))
    for label in personal:
        model, _, field = label.rpartition(".")
        try:
            if model in installed:
                installed[model]._meta.get_field(field)
        except FieldDoesNotExist:
            yield f"{label} does not exist"


def test_every_field_is_classified():
    assert list(unclassified(our_models())) == []


def test_every_third_party_table_has_been_looked_at():
    """`THIRD_PARTY` in trenza.apps.people.privacy says which of their fields hold personal data."""
    assert list(faults_of_third_parties(third_party_models(), THIRD_PARTY, WITHOUT_PERSONAL_DATA)) == []


@isolate_apps("trenza.core")
def test_unclassified_fields_are_found():
    class Person(models.Model):
        privacy = {"given_name": PERSONAL, "nickname": PERSONAL, "born": "personal"}
        given_name = models.CharField(max_length=80)
        family_name = models.CharField(max_length=80)
        born = models.DateField()
        friends = models.ManyToManyField("self")

        class Meta:
            app_label = "people"

    assert list(unclassified([Person])) == [
        "people.Person.family_name is not classified",
        "people.Person.friends is not classified",
        "people.Person.nickname is classified and does not exist",
        "people.Person.born is no Privacy",
    ]


@isolate_apps("trenza.core")
def test_faults_of_third_parties_are_found():
    class Account(models.Model):
        email = models.EmailField()

        class Meta:
            app_label = "people"

    installed: dict[str, type[models.Model]] = {"a.Account": Account, "a.Forgotten": Account, "a.Session": Account}
    personal = ["a.Account.email", "a.Account.phone", "b.NotInstalled.email"]

    assert list(faults_of_third_parties(installed, personal, {"a.Session", "a.Account"})) == [
        "a.Forgotten is not listed",
        "a.Account is listed as holding none, too",
        "a.Account.phone does not exist",
    ]
