import re

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# As bodies carried it when this was written: pictures.py may say it otherwise one day, published bodies will not.
PICTURE = re.compile(r'<img src="([^"]*)"[^>]* data-bytes="(\d+)"')


def weigh(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What is published already gets its weights; it never had a source."""
    version_model, lesson_model = apps.get_model("learning", "CourseVersion"), apps.get_model("learning", "Lesson")
    for version in version_model.objects.all():
        pictures: dict[str, int] = {}
        body_bytes = 0
        for lesson in lesson_model.objects.filter(version=version):
            found = {address: int(size) for address, size in PICTURE.findall(lesson.body)}
            lesson.image_bytes = sum(found.values())
            lesson.save(update_fields=["image_bytes"])
            pictures |= found
            body_bytes += lesson.body_bytes
        version.body_bytes, version.image_bytes = body_bytes, sum(pictures.values())
        version.save(update_fields=["body_bytes", "image_bytes"])


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0001_courses_and_progress"),
    ]

    operations = [
        migrations.AddField(
            model_name="courseversion",
            name="body_bytes",
            field=models.PositiveIntegerField(default=0, help_text="of its lessons' bodies, compressed"),
        ),
        migrations.AddField(
            model_name="courseversion",
            name="image_bytes",
            field=models.PositiveIntegerField(default=0, help_text="of its images; one in several lessons counts once"),
        ),
        migrations.AddField(
            model_name="courseversion",
            name="archive",
            field=models.CharField(blank=True, help_text="empty: published before sources were kept", max_length=80),
        ),
        migrations.AddField(
            model_name="lesson",
            name="image_bytes",
            field=models.PositiveIntegerField(default=0, help_text="of its images, on a phone with a sharp screen"),
        ),
        migrations.RunPython(weigh, migrations.RunPython.noop, elidable=True),
    ]
