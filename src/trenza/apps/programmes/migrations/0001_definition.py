import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("summary", models.TextField()),
                ("languages", models.JSONField(default=list)),
                ("adult_from", models.PositiveSmallIntegerField(default=18)),
                ("participants", models.CharField(max_length=40)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("iso", models.CharField(max_length=6)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="regions", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "position"],
            },
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("summary", models.TextField()),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[("basic", "Basic"), ("intermediate", "Intermediate"), ("advanced", "Advanced")],
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "unlock",
                    models.CharField(
                        choices=[("in_order", "In Order"), ("free", "Free")], default="in_order", max_length=8
                    ),
                ),
                ("hours", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("completion", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tracks", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "position"],
            },
        ),
        migrations.CreateModel(
            name="Module",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("summary", models.TextField(blank=True, default="")),
                (
                    "requirement_kind",
                    models.CharField(choices=[("course", "Course"), ("confirmed", "Confirmed")], max_length=10),
                ),
                ("course", models.CharField(blank=True, default="", max_length=60)),
                ("confirmed_by", models.CharField(blank=True, default="", max_length=20)),
                ("opens_after", models.ManyToManyField(blank=True, related_name="opens", to="programmes.module")),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="modules", to="programmes.track"
                    ),
                ),
            ],
            options={
                "ordering": ["track", "position"],
            },
        ),
        migrations.CreateModel(
            name="FollowOn",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "gives",
                    models.CharField(
                        choices=[
                            ("scholarship", "Scholarship"),
                            ("track", "Track"),
                            ("recommendation", "Recommendation"),
                        ],
                        max_length=16,
                    ),
                ),
                ("summary", models.TextField(blank=True, default="")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ons",
                        to="programmes.programme",
                    ),
                ),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_ons", to="programmes.track"
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows_from",
                        to="programmes.track",
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "position"],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("demonstration", models.BooleanField(default=False)),
                ("countries", models.JSONField(default=list)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="programmes.programme"
                    ),
                ),
                ("regions", models.ManyToManyField(related_name="editions", to="programmes.region")),
                ("tracks", models.ManyToManyField(related_name="editions", to="programmes.track")),
            ],
            options={
                "ordering": ["programme", "starts_on", "position"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("roles", models.JSONField(default=list)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "position"],
                "constraints": [models.UniqueConstraint(fields=("programme", "code"), name="organisation_code_once")],
            },
        ),
        migrations.CreateModel(
            name="DefinitionVersion",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("source", models.TextField()),
                ("notes", models.JSONField(default=list)),
                ("loaded_at", models.DateTimeField()),
                (
                    "loaded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="definitionversion_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)), name="definitionversion_number_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("kind", models.CharField(max_length=30)),
                ("summary", models.TextField()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activities",
                "ordering": ["programme", "position"],
                "constraints": [models.UniqueConstraint(fields=("programme", "code"), name="activity_code_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.UniqueConstraint(fields=("programme", "code"), name="region_code_once"),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.UniqueConstraint(fields=("programme", "code"), name="track_code_once"),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["", "basic", "intermediate", "advanced"])), name="track_level_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(("unlock__in", ["in_order", "free"])), name="track_unlock_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(("completion__isnull", True), ("completion__gt", 0), _connector="OR"),
                name="track_completion_positive",
            ),
        ),
        migrations.AddIndex(
            model_name="module",
            index=models.Index(fields=["course"], name="module_course"),
        ),
        migrations.AddConstraint(
            model_name="module",
            constraint=models.UniqueConstraint(fields=("track", "code"), name="module_code_once"),
        ),
        migrations.AddConstraint(
            model_name="module",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("confirmed_by", ""), ("requirement_kind", "course"), models.Q(("course", ""), _negated=True)
                    ),
                    models.Q(
                        ("course", ""), ("requirement_kind", "confirmed"), models.Q(("confirmed_by", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="module_requirement_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="followon",
            constraint=models.UniqueConstraint(fields=("programme", "code"), name="followon_code_once"),
        ),
        migrations.AddConstraint(
            model_name="followon",
            constraint=models.CheckConstraint(
                condition=models.Q(("gives__in", ["scholarship", "track", "recommendation"])),
                name="followon_gives_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="followon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gives", "track"), ("track__isnull", False)),
                    models.Q(models.Q(("gives", "track"), _negated=True), ("track__isnull", True)),
                    _connector="OR",
                ),
                name="followon_track_if_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(fields=("programme", "code"), name="edition_code_once"),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="edition_ends_after_start"
            ),
        ),
    ]
