import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0004_guides"),
        ("programmes", "0009_external_course"),
    ]

    operations = [
        migrations.CreateModel(
            name="LevelCheck",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("bank", models.CharField(help_text="the name of its folder", max_length=80)),
                ("tracks", models.JSONField(help_text="the code of a track by level")),
                ("language", models.CharField(blank=True, max_length=20)),
                (
                    "items",
                    models.JSONField(
                        default=list, help_text="none: it was loaded without its folder, and is not offered"
                    ),
                ),
                ("source", models.JSONField(default=dict)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="lesson",
            name="test",
            field=models.CharField(
                blank=True, help_text="a or b: a form of the test before and after the course", max_length=1
            ),
        ),
        migrations.AddConstraint(
            model_name="lesson",
            constraint=models.CheckConstraint(
                condition=models.Q(("test", ""), models.Q(("exam", True), ("test__in", ["a", "b"])), _connector="OR"),
                name="learning_lesson_test",
            ),
        ),
        migrations.AddField(
            model_name="levelcheck",
            name="programme",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.programme"
            ),
        ),
    ]
