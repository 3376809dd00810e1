import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_sign_in_attempts"),
        ("programmes", "0005_indexes_of_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="DefinitionDraft",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("source", models.TextField()),
                ("revision", models.PositiveIntegerField()),
                ("saved_at", models.DateTimeField()),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.definitionversion"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="drafts", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "person"), name="definitiondraft_once"),
                    models.CheckConstraint(
                        condition=models.Q(("revision__gt", 0)), name="definitiondraft_revision_positive"
                    ),
                ],
            },
        ),
    ]
