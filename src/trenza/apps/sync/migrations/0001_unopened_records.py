from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="UnopenedRecord",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("device", trenza.core.fields.UUIDField()),
                ("session", models.BinaryField(max_length=65)),
                ("sequence", models.BigIntegerField()),
                ("count", models.PositiveSmallIntegerField()),
                ("sealed", models.BinaryField(max_length=65536)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("state", models.CharField(choices=[("held", "Held"), ("refused", "Refused")], max_length=8)),
                ("reason", models.CharField(max_length=60)),
                ("carrier", trenza.core.fields.UUIDField(db_index=True)),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "held")), fields=["id"], name="sync_unopened_held"),
                    models.Index(fields=["device"], name="sync_unopened_device"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["held", "refused"])), name="sync_unopened_state_is_known"
                    )
                ],
            },
        ),
    ]
