"""The same message may come again after a time, and a file of which lines were no use may be read again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("help", "0009_causes_with_consent"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="message",
            name="help_message_once",
        ),
        migrations.RemoveConstraint(
            model_name="trafficfile",
            name="help_traffic_file_once",
        ),
        migrations.AddConstraint(
            model_name="trafficfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("rejected", 0)),
                fields=("organisation", "digest"),
                name="help_traffic_file_whole_once",
            ),
        ),
    ]
