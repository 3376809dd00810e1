from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0001_journal")]

    operations = [
        migrations.AlterField(
            model_name="device",
            name="kind",
            field=models.CharField(
                choices=[
                    ("authority", "Authority"),
                    ("former", "Former"),
                    ("handler", "Handler"),
                    ("hub", "Hub"),
                    ("phone", "Phone"),
                    ("simulated", "Simulated"),
                ],
                max_length=12,
            ),
        ),
    ]
