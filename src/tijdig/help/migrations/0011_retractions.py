"""An answer to a debt counsellor can be taken back; its question is then answered anew."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_failed_sign_ins'),
        ('help', '0010_traffic_again'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='answers',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='help.message'),
        ),
        migrations.CreateModel(
            name='MessageRetraction',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='help.message')),
                ('on', models.DateField()),
                ('actor', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='help_retraction_named')],
            },
        ),
    ]
