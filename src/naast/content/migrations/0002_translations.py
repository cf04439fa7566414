"""Questions and slots get a language and translations. Columns may be empty, so that the version before goes on writing."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


def dutch(apps, schema_editor):
    """What there is, is Dutch; each row gets a key that its translations will share."""
    locale = apps.get_model("wagtailcore", "Locale").objects.filter(language_code="nl").first()
    for name in ("FaqEntry", "Slot"):
        for row in apps.get_model("content", name).objects.filter(translation_key=None):
            row.translation_key, row.locale = uuid.uuid4(), locale
            row.save(update_fields=["translation_key", "locale"])


def fields(model):
    """Add both columns, empty."""
    return [
        migrations.AddField(
            model_name=model,
            name="locale",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="wagtailcore.locale",
                verbose_name="taal",
            ),
        ),
        # Without the default first: a column's default is asked once, and all rows would share it.
        migrations.AddField(
            model_name=model, name="translation_key", field=models.UUIDField(editable=False, null=True)
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        *fields("faqentry"),
        *fields("slot"),
        migrations.RunPython(dutch, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                model_name=model,
                name="translation_key",
                field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
            )
            for model in ("faqentry", "slot")
        ),
        *(
            migrations.AlterUniqueTogether(name=model, unique_together={("translation_key", "locale")})
            for model in ("faqentry", "slot")
        ),
    ]
