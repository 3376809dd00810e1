from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def from_their_calls(apps: Any, schema_editor: Any) -> None:
    """Until now every call had one track. In a migration of its own: PostgreSQL alters no table with changed rows."""
    calls = apps.get_model("admissions", "Call").objects.filter(pk=OuterRef("call"))
    awards = apps.get_model("admissions", "Award").objects
    awards.filter(track=None).update(track=Subquery(calls.values("track")))


class Migration(migrations.Migration):
    dependencies = [
        ("admissions", "0008_wishes_and_seats_of_tracks"),
    ]

    operations = [
        migrations.RunPython(from_their_calls, migrations.RunPython.noop, elidable=True),
    ]
