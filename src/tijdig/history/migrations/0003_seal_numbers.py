"""Links of the chain carry a number and a total."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("history", "0002_walls")]
    operations = [
        migrations.AddField("seal", "number", models.IntegerField(null=True)),
        migrations.AddField("seal", "total", models.BigIntegerField(null=True)),
        migrations.AddConstraint(
            "seal",
            models.UniqueConstraint(fields=["organisation", "number"], name="history_seal_number_once"),
        ),
    ]
