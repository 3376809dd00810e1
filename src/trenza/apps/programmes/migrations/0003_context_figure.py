import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0002_enrolment"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContextFigure",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("value", models.FloatField()),
                ("unit", models.CharField(choices=[("percent", "Percent"), ("number", "Number")], max_length=7)),
                ("country", models.CharField(max_length=2)),
                ("year", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=300)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="context_figures",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "code"), name="contextfigure_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["percent", "number"])), name="contextfigure_unit_known"
                    ),
                ],
            },
        ),
    ]
