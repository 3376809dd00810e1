from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_former_authorities"),
    ]

    operations = [
        migrations.AddField(
            model_name="setaside",
            name="settled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="setaside",
            name="settled_by",
            field=trenza.core.fields.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name="setaside",
            name="state",
            field=models.CharField(
                choices=[
                    ("held", "Held"),
                    ("refused", "Refused"),
                    ("taken_in", "Taken In"),
                    ("discarded", "Discarded"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="setaside",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", True), ("settled_by__isnull", True), ("state__in", ["held", "refused"])
                    ),
                    models.Q(("settled_at__isnull", False), ("state__in", ["taken_in", "discarded"])),
                    _connector="OR",
                ),
                name="core_setaside_settled_by_at",
            ),
        ),
    ]
