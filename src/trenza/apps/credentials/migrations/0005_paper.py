from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

import trenza.core.fields


def sign_anew(apps: Any, schema_editor: Any) -> None:
    """What was signed before has no compact form: the next sweeps sign it anew, with one."""
    signed = apps.get_model("credentials", "SignedCredential").objects.using(schema_editor.connection.alias)
    signed.filter(stale_since=None).exclude(document=b"").update(stale_since=Now())


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0004_superseded"),
        ("programmes", "0008_track_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="signedcredential",
            name="compact",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddField(
            model_name="credentialtemplate",
            name="translations",
            field=models.ManyToManyField(related_name="+", to="credentials.wording"),
        ),
        migrations.AddField(
            model_name="wording",
            name="signers",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="Logo",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("data", models.BinaryField()),
                ("read_at", models.DateTimeField()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "ordering": ("programme", "name", "read_at"),
            },
        ),
        migrations.RunPython(sign_anew, migrations.RunPython.noop, elidable=True),
    ]
