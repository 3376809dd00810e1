from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_settled_set_asides")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["position"], name="core_entry_nobody", condition=models.Q(("person__isnull", True))
            ),
        ),
    ]
