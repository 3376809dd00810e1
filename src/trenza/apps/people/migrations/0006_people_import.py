import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_saved_views"),
    ]

    operations = [
        migrations.CreateModel(
            name="PeopleImport",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("notes", models.JSONField(default=list)),
                ("call", trenza.core.fields.UUIDField(blank=True, null=True)),
                ("region", trenza.core.fields.UUIDField(blank=True, null=True)),
                ("uploaded_at", models.DateTimeField(db_index=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("brought_in", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("details", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("problem", "Problem"),
                            ("done", "Done"),
                            ("known", "Known"),
                            ("refused", "Refused"),
                        ],
                        max_length=8,
                    ),
                ),
                ("registered", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, default="", max_length=40)),
                (
                    "people_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="people.peopleimport"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddConstraint(
            model_name="peopleimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("finished_at__isnull", True), ("confirmed_at__isnull", False), _connector="OR"),
                name="people_import_finished_after_confirmed",
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["people_import", "state", "number"], name="people_import_row_next"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(fields=("people_import", "number"), name="people_import_row_once"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["ready", "problem", "done", "known", "refused"])),
                name="people_import_row_state_known",
            ),
        ),
    ]
