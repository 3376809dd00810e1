import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0008_cards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Centre",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                (
                    "code",
                    models.CharField(
                        max_length=60,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^[a-z0-9]+(-[a-z0-9]+)*$")],
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("organisation", models.CharField(blank=True, default="", max_length=60)),
                ("region", models.CharField(blank=True, default="", max_length=60)),
                (
                    "country",
                    models.CharField(max_length=2, validators=[django.core.validators.RegexValidator("^[A-Z]{2}$")]),
                ),
                ("municipality", models.CharField(blank=True, default="", max_length=120)),
                ("address", models.CharField(blank=True, default="", max_length=300)),
                ("latitude", models.DecimalField(blank=True, decimal_places=6, max_digits=8, null=True)),
                ("longitude", models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ("time_zone", models.CharField(max_length=60)),
                ("wifi_name", models.CharField(blank=True, default="", max_length=60)),
                ("note", models.CharField(blank=True, default="", max_length=1000)),
                ("search_text", trenza.core.fields.FoldedField(blank=True, default="", editable=False, max_length=500)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "code"],
            },
        ),
        migrations.CreateModel(
            name="OpeningHours",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("weekday", models.PositiveSmallIntegerField()),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hours", to="places.centre"
                    ),
                ),
            ],
            options={
                "ordering": ["weekday", "opens"],
            },
        ),
        migrations.AddIndex(
            model_name="centre",
            index=models.Index(fields=["country", "name", "code"], name="places_centre_country"),
        ),
        migrations.AddIndex(
            model_name="centre",
            index=models.Index(fields=["region", "country"], name="places_centre_region"),
        ),
        migrations.AddIndex(
            model_name="centre",
            index=models.Index(fields=["organisation"], name="places_centre_organisation"),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="places_centre_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_by__isnull", True), ("closed_at__isnull", False), _connector="OR"),
                name="places_centre_closed_by_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                    models.Q(
                        ("latitude__isnull", False),
                        ("longitude__isnull", False),
                        ("latitude__range", (-90, 90)),
                        ("longitude__range", (-180, 180)),
                    ),
                    _connector="OR",
                ),
                name="places_centre_lies_on_earth",
            ),
        ),
        migrations.AddConstraint(
            model_name="openinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__lte", 6)), name="places_hours_on_a_day_of_the_week"
            ),
        ),
        migrations.AddConstraint(
            model_name="openinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens__lt", models.F("closes"))), name="places_hours_open_before_they_close"
            ),
        ),
        migrations.AddConstraint(
            model_name="openinghours",
            constraint=models.UniqueConstraint(fields=("centre", "weekday", "opens"), name="places_hours_once"),
        ),
    ]
