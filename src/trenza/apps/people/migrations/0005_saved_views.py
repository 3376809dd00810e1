import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_search_text"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("list", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("created_at", models.DateTimeField()),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="saved_views", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("shared_at__isnull", False)),
                        fields=["list"],
                        name="people_savedview_shared",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "list", "name"), name="people_savedview_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="people_savedview_has_a_name"
                    ),
                ],
            },
        ),
    ]
