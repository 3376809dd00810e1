from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0001_credentials"),
        ("people", "0005_saved_views"),
        ("programmes", "0005_indexes_of_lists"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="credential",
            index=models.Index(fields=["issued_at", "id"], name="credentials_credential_order"),
        ),
    ]
