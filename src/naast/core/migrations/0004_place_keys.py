import uuid

from django.db import migrations, models

import naast.core.clock


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_retention"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place_id", models.UUIDField(db_index=True)),
                ("wrapped", models.BinaryField(null=True)),
                ("ring_id", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField(default=naast.core.clock.now)),
                ("retired_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("erased_at__isnull", True), ("retired_at__isnull", True)),
                        fields=("place_id",),
                        name="place_key_one_in_use",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("erased_at__isnull", True), ("wrapped__isnull", False)),
                            models.Q(("erased_at__isnull", False), ("wrapped__isnull", True)),
                            _connector="OR",
                        ),
                        name="place_key_erased_is_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceLeaving",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("place_id", models.UUIDField()),
                ("slug", models.CharField(max_length=80)),
                ("started_at", models.DateTimeField(default=naast.core.clock.now)),
                ("closed_at", models.DateTimeField(null=True)),
                ("exported_at", models.DateTimeField(null=True)),
                ("archive", models.CharField(blank=True, max_length=255)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("keys_erased_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("place_id",),
                        name="place_leaving_one_at_a_time",
                    )
                ],
            },
        ),
    ]
