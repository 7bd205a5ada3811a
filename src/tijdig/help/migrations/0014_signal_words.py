"""Words about a signal stand apart, so that they can be erased."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_partner_walls'),
        ('help', '0013_answer_files_again'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignalMarkText',
            fields=[
                ('mark', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='help.signalmark')),
                ('words', models.CharField(max_length=200)),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
