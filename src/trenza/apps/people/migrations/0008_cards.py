import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("people", "0007_devices_and_pins"),
    ]

    operations = [
        migrations.AddField(
            model_name="persondevice",
            name="with_card",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_on", models.DateField()),
                ("used_on", models.DateField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="account",
            name="people_account_can_be_reached",
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("email", ""), _negated=True), name="people_account_email_is_none_or_some"
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="cards", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(fields=["person", "made_at"], name="people_card_of_person"),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(("revoked_by__isnull", True), ("revoked_at__isnull", False), _connector="OR"),
                name="people_card_revoked_by_at",
            ),
        ),
    ]
