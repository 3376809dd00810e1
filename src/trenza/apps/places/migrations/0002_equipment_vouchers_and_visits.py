import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_cards"),
        ("places", "0001_centres"),
    ]

    operations = [
        migrations.CreateModel(
            name="Equipment",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phone", "Phone"),
                            ("tablet", "Tablet"),
                            ("laptop", "Laptop"),
                            ("router", "Router"),
                            ("projector", "Projector"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("label", models.CharField(blank=True, default="", max_length=120)),
                ("added_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="equipment", to="places.centre"
                    ),
                ),
                (
                    "retired_by",
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
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Loan",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("lent_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("return_note", models.CharField(blank=True, default="", max_length=300)),
                (
                    "equipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="loans", to="places.equipment"
                    ),
                ),
                (
                    "lent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="loans", to="people.person"
                    ),
                ),
                (
                    "returned_by",
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
                "ordering": ["due_on", "lent_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("day", models.DateField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("class", "A class"),
                            ("practice", "To practise"),
                            ("wifi", "The Wi-Fi"),
                            ("help", "Help"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=1)),
                ("noted_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="places.centre"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="visits",
                        to="people.person",
                    ),
                ),
                (
                    "taken_back_by",
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
                "ordering": ["-day", "-noted_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="VoucherBatch",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("minutes", models.PositiveIntegerField(blank=True, null=True)),
                ("megabytes", models.PositiveIntegerField(blank=True, null=True)),
                ("size", models.PositiveIntegerField()),
                ("imported_at", models.DateTimeField()),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="voucher_batches", to="places.centre"
                    ),
                ),
                (
                    "imported_by",
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
                "ordering": ["imported_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=60)),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="vouchers", to="places.centre"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "given_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="vouchers",
                        to="people.person",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="vouchers", to="places.voucherbatch"
                    ),
                ),
            ],
            options={
                "ordering": ["batch", "number"],
            },
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.UniqueConstraint(fields=("centre", "code"), name="places_equipment_code_once"),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True), name="places_equipment_has_a_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["phone", "tablet", "laptop", "router", "projector", "other"])),
                name="places_equipment_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.CheckConstraint(
                condition=models.Q(("retired_by__isnull", True), ("retired_at__isnull", False), _connector="OR"),
                name="places_equipment_retired_by_at",
            ),
        ),
        migrations.AddIndex(
            model_name="loan",
            index=models.Index(fields=["person", "lent_at"], name="places_loan_of_person"),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("returned_at__isnull", True)), fields=("equipment",), name="places_loan_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="loan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_at__isnull", False),
                    models.Q(("return_note", ""), ("returned_by__isnull", True)),
                    _connector="OR",
                ),
                name="places_loan_returned_by_at",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["centre", "day"], name="places_visit_of_a_day"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["class", "practice", "wifi", "help", "other"])),
                name="places_visit_purpose_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("count", 1), models.Q(("count__gt", 1), ("person__isnull", True)), _connector="OR"),
                name="places_visit_of_a_person_counts_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=("centre", "day", "purpose", "person"),
                name="places_visit_of_a_person_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken_back_by__isnull", True), ("taken_back_at__isnull", False), _connector="OR"),
                name="places_visit_taken_back_by_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucherbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("megabytes__isnull", True), ("minutes__gt", 0)),
                    models.Q(("megabytes__gt", 0), ("minutes__isnull", True)),
                    _connector="OR",
                ),
                name="places_voucherbatch_minutes_or_megabytes",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucherbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0)), name="places_voucherbatch_holds_some"
            ),
        ),
        migrations.AddIndex(
            model_name="voucher",
            index=models.Index(
                condition=models.Q(("given_at__isnull", True)),
                fields=["centre", "batch", "number"],
                name="places_voucher_free",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.UniqueConstraint(fields=("centre", "code"), name="places_voucher_code_once"),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.UniqueConstraint(fields=("batch", "number"), name="places_voucher_number_once"),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", ""), _negated=True), name="places_voucher_has_a_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("given_at__isnull", False),
                    models.Q(("given_by__isnull", True), ("given_to__isnull", True)),
                    _connector="OR",
                ),
                name="places_voucher_given_at",
            ),
        ),
    ]
