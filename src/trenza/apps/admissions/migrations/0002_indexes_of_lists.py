from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("admissions", "0001_admissions"),
        ("forms", "0001_forms"),
        ("people", "0005_saved_views"),
        ("programmes", "0004_branches_and_prior_learning"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["submitted_at", "id"], name="admissions_application_arrival"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["person", "call", "region"], name="admissions_application_scope"),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["awarded_at", "id"], name="admissions_award_order"),
        ),
    ]
