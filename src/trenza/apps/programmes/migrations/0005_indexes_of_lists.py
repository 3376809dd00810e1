from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_saved_views"),
        ("programmes", "0004_branches_and_prior_learning"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["enrolled_at", "id"], name="enrolment_order"),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["person", "edition", "region"], name="enrolment_scope"),
        ),
    ]
