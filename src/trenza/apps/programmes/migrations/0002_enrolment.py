import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_people"),
        ("programmes", "0001_definition"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("withdrawn", "Withdrawn"),
                            ("completed", "Completed"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("paused_until", models.DateField(blank=True, null=True)),
                ("enrolled_at", models.DateTimeField()),
                ("age_band", models.CharField(blank=True, default="", max_length=8)),
                ("sex", models.CharField(blank=True, default="", max_length=6)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="programmes.edition"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="people.person"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="programmes.region",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="programmes.track"
                    ),
                ),
            ],
            options={
                "ordering": ["enrolled_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="EarnedFollowOn",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("earned_at", models.DateTimeField()),
                (
                    "follow_on",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="earned", to="programmes.followon"
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earned_follow_ons",
                        to="programmes.enrolment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Completion",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("completed_at", models.DateTimeField()),
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completion",
                        to="programmes.enrolment",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EnrolmentChange",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("paused", "Paused"),
                            ("withdrawn", "Withdrawn"),
                            ("returned", "Returned"),
                            ("completed", "Completed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("time", "I have no time"),
                            ("care", "I take care of somebody"),
                            ("work", "My work does not let me"),
                            ("health", "For my health"),
                            ("device", "I have no phone or computer"),
                            ("data_cost", "The internet costs too much"),
                            ("content", "It was not what I expected"),
                            ("moved", "I moved"),
                            ("other", "For another reason"),
                            ("not_said", "I would rather not say"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
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
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="programmes.enrolment"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="RequirementMet",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("met_at", models.DateTimeField()),
                ("evidence", trenza.core.fields.UUIDField(blank=True, null=True)),
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
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requirements_met",
                        to="programmes.enrolment",
                    ),
                ),
                (
                    "module",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="met", to="programmes.module"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "requirements met",
            },
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["edition", "track"], name="enrolment_edition_track"),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(fields=("person", "edition", "track"), name="enrolment_once"),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "paused", "withdrawn", "completed"])),
                name="enrolment_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paused_until__isnull", False), ("state", "paused")),
                    models.Q(models.Q(("state", "paused"), _negated=True), ("paused_until__isnull", True)),
                    _connector="OR",
                ),
                name="enrolment_paused_until_if_paused",
            ),
        ),
        migrations.AddConstraint(
            model_name="earnedfollowon",
            constraint=models.UniqueConstraint(fields=("enrolment", "follow_on"), name="earnedfollowon_once"),
        ),
        migrations.AddConstraint(
            model_name="enrolmentchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "paused", "withdrawn", "returned", "completed"])),
                name="enrolmentchange_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "paused"), ("until__isnull", False)),
                    models.Q(models.Q(("state", "paused"), _negated=True), ("until__isnull", True)),
                    _connector="OR",
                ),
                name="enrolmentchange_until_if_paused",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "withdrawn"), ("reason", ""), _connector="OR"),
                name="enrolmentchange_reason_if_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolmentchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["active"])), fields=("enrolment",), name="enrolmentchange_begins_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementmet",
            constraint=models.UniqueConstraint(fields=("enrolment", "module"), name="requirementmet_once"),
        ),
    ]
