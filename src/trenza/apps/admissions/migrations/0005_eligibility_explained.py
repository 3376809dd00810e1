import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("admissions", "0004_letters_and_outreach"),
        ("people", "0009_cards_before_names"),
        ("programmes", "0006_definition_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="call",
            name="age_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="call",
            name="appeal_days",
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("text", models.TextField(blank=True, max_length=1000)),
                ("made_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("upheld", models.BooleanField(null=True)),
                ("reason", models.TextField(blank=True, max_length=1000)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appeals", to="admissions.application"
                    ),
                ),
            ],
            options={
                "ordering": ("made_at", "id"),
                "indexes": [models.Index(fields=["answered_at", "made_at", "id"], name="admissions_appeal_queue")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("application",),
                        name="admissions_appeal_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None), ("upheld", None)),
                            models.Q(("answered_at__isnull", False), ("upheld__isnull", False)),
                            _connector="OR",
                        ),
                        name="admissions_appeal_answered_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fulfilment",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("rule", models.CharField(max_length=60)),
                (
                    "how",
                    models.CharField(choices=[("tasks", "Tasks"), ("email", "Email"), ("team", "Team")], max_length=5),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("made_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fulfilments",
                        to="admissions.application",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "undone_by",
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
                "ordering": ("made_at", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("application", "rule"),
                        name="admissions_fulfilment_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["tasks", "email", "team"])),
                        name="admissions_fulfilment_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("undone_by", None), ("undone_at__isnull", False), _connector="OR"),
                        name="admissions_fulfilment_undone_by_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("judged_at", models.DateTimeField()),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("applied", "Applied"),
                            ("answers", "Answers"),
                            ("readiness", "Readiness"),
                            ("rules", "Rules"),
                            ("override", "Override"),
                            ("undone", "Undone"),
                            ("appeal", "Appeal"),
                        ],
                        max_length=9,
                    ),
                ),
                ("verdict", models.CharField(max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("waiting_guardian", "Waiting Guardian"),
                            ("needs_help", "Needs Help"),
                            ("not_eligible", "Not Eligible"),
                            ("waiting_list", "Waiting List"),
                            ("awarded", "Awarded"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                            ("taken_back", "Taken Back"),
                            ("released", "Released"),
                        ],
                        max_length=16,
                    ),
                ),
                ("outcomes", models.JSONField(default=list)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="admissions.application",
                    ),
                ),
                (
                    "judged_by",
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
                "ordering": ("judged_at", "id"),
                "indexes": [
                    models.Index(fields=["application", "judged_at", "id"], name="admissions_judgement_history")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cause__in", ["applied", "answers", "readiness", "rules", "override", "undone", "appeal"])
                        ),
                        name="admissions_judgement_cause_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["eligible", "needs_help", "not_eligible"])),
                        name="admissions_judgement_verdict_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("waiting_guardian", "Waiting Guardian"),
                            ("needs_help", "Needs Help"),
                            ("not_eligible", "Not Eligible"),
                            ("waiting_list", "Waiting List"),
                            ("awarded", "Awarded"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("expired", "Expired"),
                            ("taken_back", "Taken Back"),
                            ("released", "Released"),
                        ],
                        max_length=16,
                    ),
                ),
                ("told_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="admissions.application"
                    ),
                ),
                (
                    "told_by",
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
                "ordering": ("told_at", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("application", "state"), name="admissions_notice_once_for_a_state")
                ],
            },
        ),
        migrations.CreateModel(
            name="Readiness",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("rule", models.CharField(max_length=60)),
                ("kind", models.CharField(choices=[("tasks", "Tasks"), ("email", "Email")], max_length=8)),
                ("title", models.CharField(max_length=200)),
                ("content", models.JSONField(default=dict)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readiness", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "ordering": ("programme", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "code"), name="admissions_readiness_code"),
                    models.UniqueConstraint(fields=("programme", "rule"), name="admissions_readiness_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["tasks", "email"])), name="admissions_readiness_kind_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StudyPlan",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("moments", models.CharField(blank=True, max_length=300)),
                ("place", models.CharField(blank=True, max_length=300)),
                ("helper", models.CharField(blank=True, max_length=300)),
                ("written_at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.edition"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="study_plans", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ("-written_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(fields=("person", "edition"), name="admissions_study_plan_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="eligibilityoutcome",
            index=models.Index(
                condition=models.Q(("met", False)), fields=["rule", "application"], name="admissions_outcome_unmet"
            ),
        ),
    ]
