import unicodedata
from typing import Any

from django.db import migrations, models

import trenza.core.fields

NAMES = ("given_name", "family_name", "certificate_name")
AT_ONCE = 2_000


def folded(text: str) -> str:
    """As text was folded when this migration was written."""
    for _ in range(2):
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(each for each in text if not unicodedata.combining(each)).split())


def fold_names(apps: Any, schema_editor: Any) -> None:
    """What each person who is there already is found by."""
    table = schema_editor.quote_name(apps.get_model("people", "Person")._meta.db_table)
    persons = apps.get_model("people", "Person").objects.using(schema_editor.connection.alias)
    key = apps.get_model("people", "Person")._meta.pk
    last = None
    while True:
        waiting = persons.order_by("id") if last is None else persons.filter(id__gt=last).order_by("id")
        rows = list(waiting.values_list("id", *NAMES)[:AT_ONCE])
        if not rows:
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {table} SET search_text = %s WHERE id = %s",
                [
                    (
                        folded(" ".join(names))[:500],
                        key.get_db_prep_value(person, schema_editor.connection),
                    )
                    for person, *names in rows
                ],
            )
        last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("people", "0003_guardians")]

    operations = [
        migrations.RemoveIndex(model_name="person", name="people_person_registered"),
        migrations.AddField(
            model_name="person",
            name="search_text",
            field=trenza.core.fields.FoldedField(blank=True, default="", editable=False, max_length=500),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["registered_at", "id"], name="people_person_registered"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["search_text", "id"], name="people_person_search_text"),
        ),
    ]
