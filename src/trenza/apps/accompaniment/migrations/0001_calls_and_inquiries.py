import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0008_cards"),
        ("programmes", "0006_definition_drafts"),
        ("trenza_sessions", "0001_sessions_and_attendance"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "device", "sequence", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("device", trenza.core.fields.UUIDField()),
                ("sequence", models.BigIntegerField()),
                ("person", trenza.core.fields.UUIDField()),
                ("edition", trenza.core.fields.UUIDField(null=True)),
                ("by", trenza.core.fields.UUIDField(null=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "I called her"),
                            ("whatsapp", "I wrote by WhatsApp"),
                            ("sms", "I sent an SMS"),
                            ("visit", "In person"),
                            ("message", "Another message"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "We talked"),
                            ("no_answer", "She did not answer"),
                            ("left_message", "I left a message"),
                            ("call_back", "I will call her on another day"),
                            ("wrong_number", "That is not her number"),
                            ("not_again", "She asks not to be called"),
                        ],
                        max_length=12,
                    ),
                ),
                ("call_back_on", models.DateField(null=True)),
                ("moment", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["person", "moment"], name="attempt_person_moment")],
            },
        ),
        migrations.CreateModel(
            name="AttemptNote",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("device", trenza.core.fields.UUIDField()),
                ("sequence", models.BigIntegerField()),
                ("person", trenza.core.fields.UUIDField(db_index=True)),
                ("text", models.CharField(max_length=500)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("device", "sequence"), name="attemptnote_once")],
            },
        ),
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("centre", trenza.core.fields.UUIDField(blank=True, null=True)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("platform", "A page that does not work"),
                            ("access", "Somebody cannot come in"),
                            ("device", "Phones, computers and internet"),
                            ("content", "Lessons and exams"),
                            ("sessions", "Sessions and lists"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=2000)),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inquiries", to="people.person"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inquiries", to="programmes.edition"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="trenza_sessions.session",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("text", models.CharField(max_length=2000)),
                ("findable_as", models.CharField(blank=True, max_length=200)),
                (
                    "search_text",
                    trenza.core.fields.FoldedField(blank=True, default="", editable=False, max_length=2201),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="accompaniment.inquiry"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Thresholds",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("silent_days", models.PositiveSmallIntegerField(default=7)),
                ("failures", models.PositiveSmallIntegerField(default=2)),
                ("absences", models.PositiveSmallIntegerField(default=2)),
                ("quiet_days", models.PositiveSmallIntegerField(default=7)),
                (
                    "programme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thresholds",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="inquiry",
            index=models.Index(fields=["asked_at", "id"], name="inquiry_order"),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("category__in", ["platform", "access", "device", "content", "sessions", "other"])),
                name="inquiry_category_known",
            ),
        ),
        migrations.AddIndex(
            model_name="reply",
            index=models.Index(fields=["inquiry", "at"], name="reply_inquiry_at"),
        ),
    ]
