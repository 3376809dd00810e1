from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("impact", "0001_indicators"),
    ]

    operations = [
        migrations.AlterField(
            model_name="indicator",
            name="measure",
            field=models.CharField(
                blank=True,
                choices=[
                    ("applications", "Applications"),
                    ("awards", "Awards"),
                    ("enrolments", "Enrolments"),
                    ("completions", "Completions"),
                    ("certificates", "Certificates"),
                    ("trainers", "Trainers"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.RemoveConstraint(
            model_name="indicator",
            name="impact_indicator_measure_known",
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "measure__in",
                        ["", "applications", "awards", "enrolments", "completions", "certificates", "trainers"],
                    )
                ),
                name="impact_indicator_measure_known",
            ),
        ),
    ]
