"""What a file that ended counts for in the figures of the agreement."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_partner_walls'),
        ('bailiff', '0004_walls_in_a_file'),
    ]

    operations = [
        migrations.CreateModel(
            name='FileFigure',
            fields=[
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.file')),
                ('first_talk_on', models.DateField(null=True)),
                ('judged', models.BooleanField()),
                ('evicted', models.BooleanField()),
                ('kept', models.BooleanField()),
                ('tenant_cents', models.BigIntegerField()),
                ('corporation_cents', models.BigIntegerField()),
                ('arrangements', models.JSONField()),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
