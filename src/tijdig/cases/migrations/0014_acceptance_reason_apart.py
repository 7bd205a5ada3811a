"""Why a claim was taken on stands as the text of its event in history, where it can be erased; it stood here a second time."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0013_new_arrears'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='acceptance',
            name='cases_acceptance_has_reason',
        ),
        migrations.RemoveField(
            model_name='acceptance',
            name='reason',
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='cases_acceptance_has_name'),
        ),
    ]
