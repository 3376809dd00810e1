import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_sign_in_attempts"),
        ("programmes", "0003_context_figure"),
    ]

    operations = [
        migrations.CreateModel(
            name="Branch",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("code", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                ("summary", models.TextField()),
                ("participants", models.CharField(max_length=60)),
            ],
            options={
                "verbose_name_plural": "branches",
                "ordering": ["programme", "position"],
            },
        ),
        migrations.CreateModel(
            name="RecognisedCourse",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("course", models.CharField(db_index=True, max_length=60)),
            ],
        ),
        migrations.AddField(
            model_name="programme",
            name="place",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="requirementmet",
            name="prior",
            field=models.CharField(
                blank=True,
                choices=[
                    ("certificate", "a certificate of hers was seen"),
                    ("shown", "she showed that she can do it"),
                    ("test", "she passed a test"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="programme",
            name="participants",
            field=models.CharField(max_length=60),
        ),
        migrations.AddConstraint(
            model_name="requirementmet",
            constraint=models.CheckConstraint(
                condition=models.Q(("prior__in", ["", "certificate", "shown", "test"])),
                name="requirementmet_prior_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirementmet",
            constraint=models.CheckConstraint(
                condition=models.Q(("prior", ""), ("by__isnull", False), _connector="OR"),
                name="requirementmet_prior_by_somebody",
            ),
        ),
        migrations.AddField(
            model_name="branch",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="branches", to="programmes.programme"
            ),
        ),
        migrations.AddField(
            model_name="branch",
            name="tracks",
            field=models.ManyToManyField(blank=True, related_name="branches", to="programmes.track"),
        ),
        migrations.AddField(
            model_name="recognisedcourse",
            name="module",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="recognised", to="programmes.module"
            ),
        ),
        migrations.AddConstraint(
            model_name="branch",
            constraint=models.UniqueConstraint(fields=("programme", "code"), name="branch_code_once"),
        ),
        migrations.AddConstraint(
            model_name="recognisedcourse",
            constraint=models.UniqueConstraint(fields=("module", "course"), name="recognisedcourse_once"),
        ),
    ]
