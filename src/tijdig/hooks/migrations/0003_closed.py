"""A message that is not theirs to hear any more is closed, with a reason."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hooks", "0002_walls"), ("bailiff", "0022_what_an_agreement_shows")]
    operations = [
        migrations.RemoveConstraint(model_name="delivery", name="hooks_delivery_state"),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "done", "failed", "closed"])), name="hooks_delivery_state"
            ),
        ),
    ]
