"""Seals of the access log are signed, and each verifying is noted."""

from django.db import migrations, models

import naast.core.clock


class Migration(migrations.Migration):
    """Additive; the guard of the tables is put after every migrate (core/auditing/guard.py)."""

    dependencies = [
        ("core", "0004_place_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, default=naast.core.clock.now)),
                ("whole", models.BooleanField()),
                ("hours", models.PositiveIntegerField()),
                ("lines", models.PositiveBigIntegerField()),
                ("last_hour", models.DateTimeField(null=True)),
                ("last_root", models.CharField(blank=True, max_length=64)),
                ("fault", models.JSONField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="auditseal",
            name="signature",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
