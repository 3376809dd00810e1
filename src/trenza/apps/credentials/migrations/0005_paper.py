from typing import Any

from django.db import migrations, models
from django.db.models.functions import Now


def sign_anew(apps: Any, schema_editor: Any) -> None:
    """What was signed before has no compact form: the next sweeps sign it anew, with one."""
    signed = apps.get_model("credentials", "SignedCredential").objects.using(schema_editor.connection.alias)
    signed.filter(stale_since=None).exclude(document=b"").update(stale_since=Now())


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0003_signed"),
    ]

    operations = [
        migrations.AddField(
            model_name="signedcredential",
            name="compact",
            field=models.BinaryField(default=b""),
        ),
        migrations.RunPython(sign_anew, migrations.RunPython.noop, elidable=True),
    ]
