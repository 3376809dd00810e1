import django.db.models.deletion
from django.db import migrations, models

import trenza.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("admissions", "0002_indexes_of_lists"),
        ("forms", "0001_forms"),
        ("people", "0009_cards_before_names"),
        ("programmes", "0006_definition_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("rule", models.TextField()),
                ("terms", models.JSONField()),
                ("announced_at", models.DateTimeField()),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                ("list_hash", models.CharField(blank=True, max_length=64)),
                ("applications", models.PositiveIntegerField(default=0)),
                ("seed", models.CharField(blank=True, max_length=200)),
                ("seed_source", models.CharField(blank=True, max_length=200)),
                ("seeded_at", models.DateTimeField(blank=True, null=True)),
                ("drawn_at", models.DateTimeField(blank=True, null=True)),
                ("filled", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="DrawEntry",
            fields=[
                ("id", trenza.core.fields.IdField(serialize=False)),
                ("number", models.CharField(max_length=32)),
                ("region", models.CharField(blank=True, max_length=64)),
                ("groups", models.JSONField(default=list)),
                ("rank", models.PositiveIntegerField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=8)),
            ],
            options={
                "ordering": ("draw", "number"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="call",
            name="admissions_call_admission_known",
        ),
        migrations.AddField(
            model_name="call",
            name="draw_terms",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="call",
            name="admission",
            field=models.CharField(
                choices=[("selected", "Selected"), ("draw", "Draw"), ("open", "Open")], max_length=8
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("admission__in", ["selected", "draw", "open"])),
                name="admissions_call_admission_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("admission", "draw"), ("draw_terms__isnull", False)),
                    models.Q(models.Q(("admission", "draw"), _negated=True), ("draw_terms__isnull", True)),
                    _connector="OR",
                ),
                name="admissions_call_draw_has_terms",
            ),
        ),
        migrations.AddField(
            model_name="draw",
            name="call",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="draw", to="admissions.call"
            ),
        ),
        migrations.AddField(
            model_name="draw",
            name="drawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="draw",
            name="frozen_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="draw",
            name="seeded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="drawentry",
            name="application",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="draw_entry",
                to="admissions.application",
            ),
        ),
        migrations.AddField(
            model_name="drawentry",
            name="draw",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="admissions.draw"
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("frozen_at__isnull", False), ("seeded_at__isnull", True), _connector="OR"),
                name="admissions_draw_frozen_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("seeded_at__isnull", False), ("drawn_at__isnull", True), _connector="OR"),
                name="admissions_draw_seeded_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("frozen_by__isnull", True), ("frozen_at__isnull", False), _connector="OR"),
                name="admissions_draw_frozen_by_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("seeded_by__isnull", True), ("seeded_at__isnull", False), _connector="OR"),
                name="admissions_draw_seeded_by_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("drawn_by__isnull", True), ("drawn_at__isnull", False), _connector="OR"),
                name="admissions_draw_drawn_by_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("frozen_at__isnull", True), models.Q(("list_hash", ""), _negated=True), _connector="OR"
                ),
                name="admissions_draw_frozen_has_hash",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("seeded_at__isnull", True), models.Q(("seed", ""), _negated=True), _connector="OR"),
                name="admissions_draw_seeded_has_seed",
            ),
        ),
        migrations.AddConstraint(
            model_name="drawentry",
            constraint=models.UniqueConstraint(fields=("draw", "number"), name="admissions_draw_number_once"),
        ),
        migrations.AddConstraint(
            model_name="drawentry",
            constraint=models.UniqueConstraint(fields=("draw", "rank"), name="admissions_draw_rank_once"),
        ),
        migrations.AddConstraint(
            model_name="drawentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rank__isnull", True), ("result", "")),
                    models.Q(("rank__isnull", False), ("result__in", ["reserved", "at-large", "waiting"])),
                    _connector="OR",
                ),
                name="admissions_draw_rank_with_result",
            ),
        ),
    ]
