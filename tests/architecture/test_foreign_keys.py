"""Foreign keys point downward only, in the order of apps that `.importlinter` holds."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test.utils import isolate_apps

from tests.architecture.source import app_ranks


def our_models() -> list[type[models.Model]]:
    """Those of our apps, without the tables that Django makes for many-to-many fields."""
    return [model for app in apps.get_app_configs() if app.name.startswith("trenza.") for model in app.get_models()]


def app_of(model: type[models.Model]) -> str:
    """The name by which `.importlinter` knows its app: ours may have another label (Django has sessions too)."""
    label: str = model._meta.app_label
    names = {app.label: app.name.rpartition(".")[2] for app in apps.get_app_configs() if app.name.startswith("trenza.")}
    return names.get(label, f"{label} of others" if label in names.values() else label)


def keys_that_point_up(found: Iterable[type[models.Model]]) -> Iterator[str]:
    """Keys to another app of ours that is not below. Keys to Django's own and third parties' tables are free."""
    ranks = app_ranks()
    for model in found:
        ours = app_of(model)
        for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]:
            target = app_of(field.remote_field.model) if field.remote_field else ours
            if target != ours and target in ranks and ranks[target] >= ranks[ours]:
                yield f"{model._meta.label}.{field.name} points at {target}, which is not below {ours}"
        for field in model._meta.private_fields:
            if isinstance(field, GenericForeignKey):
                yield f"{model._meta.label}.{field.name} points anywhere: store the kind and the id"


def test_foreign_keys_point_downward():
    assert list(keys_that_point_up(our_models())) == []


@isolate_apps("trenza.core")
def test_keys_that_point_up_are_found():
    class Award(models.Model):
        class Meta:
            app_label = "admissions"

    class Person(models.Model):
        award = models.ForeignKey(Award, models.PROTECT, related_name="+")
        awards = models.ManyToManyField(Award, related_name="+")

        class Meta:
            app_label = "people"

    class Course(models.Model):
        award = models.ForeignKey(Award, models.PROTECT, related_name="+")
        person = models.ForeignKey(Person, models.PROTECT, related_name="+")
        before = models.ForeignKey("self", models.PROTECT, related_name="+")
        content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
        anything = GenericForeignKey()

        class Meta:
            app_label = "learning"

    assert list(keys_that_point_up([Award, Person, Course])) == [
        "people.Person.award points at admissions, which is not below people",
        "people.Person.awards points at admissions, which is not below people",
        "learning.Course.award points at admissions, which is not below learning",
        "learning.Course.anything points anywhere: store the kind and the id",
    ]
