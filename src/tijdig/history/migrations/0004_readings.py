"""Who looked at what; and an index on what people did, for the page of one of them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("history", "0003_seal_numbers"), ("access", "0005_partner_walls")]
    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("actor", models.CharField(max_length=80)),
                ("what", models.CharField(max_length=12)),
                ("subject", models.CharField(max_length=80)),
                ("on", models.DateField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("slot", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="access.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "subject", "id"], name="history_reading_subject"),
                    models.Index(fields=["organisation", "actor", "id"], name="history_reading_actor"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["organisation", "actor", "subject", "what", "slot"], name="history_reading_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            what__in=["dossier", "account", "claim", "letter", "file", "export", "readings"]
                        ),
                        name="history_reading_what_known",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["organisation", "actor", "id"],
                name="history_event_by_people",
                condition=models.Q(actor__gte="user:"),
            ),
        ),
    ]
