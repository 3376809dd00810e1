from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0002_sources_and_weights"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExamAttempt",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person",
                        "lesson",
                        "at",
                        "correct",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("person", trenza.core.fields.UUIDField()),
                ("lesson", trenza.core.fields.UUIDField()),
                ("at", models.DateTimeField()),
                ("correct", models.PositiveSmallIntegerField()),
                ("times", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ExamResult",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person", "lesson", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person", trenza.core.fields.UUIDField()),
                ("lesson", trenza.core.fields.UUIDField()),
                ("attempts", models.PositiveIntegerField()),
                ("counted", models.PositiveIntegerField()),
                ("score", models.FloatField()),
                ("scored_at", models.DateTimeField()),
                ("passed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="lesson",
            name="exam",
            field=models.BooleanField(
                default=False, help_text="its questions certify, and the server alone grades them"
            ),
        ),
        migrations.AddField(
            model_name="lesson",
            name="media_bytes",
            field=models.PositiveIntegerField(default=0, help_text="of its recordings, which wait for a tap"),
        ),
    ]
