import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_people_import"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonDevice",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("device", trenza.core.fields.UUIDField(unique=True)),
                ("deliver_digest", models.BinaryField(max_length=32, unique=True)),
                ("token_digest", models.BinaryField(max_length=32, unique=True)),
                ("secret", models.BinaryField(max_length=80)),
                ("made_at", models.DateTimeField()),
                ("seen_on", models.DateField(blank=True, null=True)),
                ("pending", models.PositiveIntegerField(default=0)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="devices", to="people.person"
                    ),
                ),
                (
                    "revoked_by",
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
                "indexes": [models.Index(fields=["person", "made_at"], name="people_device_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_by__isnull", True), ("revoked_at__isnull", False), _connector="OR"
                        ),
                        name="people_device_revoked_by_at",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("hash", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
                (
                    "set_by",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("used_at__isnull", True), ("expires_at__isnull", False), _connector="OR"),
                        name="people_pin_only_a_start_is_used",
                    )
                ],
            },
        ),
    ]
