"""What went to a partner with a file, to the byte."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_partner_walls"),
        ("bailiff", "0006_figure_walls"),
    ]
    operations = [
        migrations.CreateModel(
            name="FilePackage",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="bailiff.file",
                    ),
                ),
                ("pdf", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="access.organisation",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
    ]
