"""What a yes to an eviction stood on, the term that a judge gave to leave, and the arrangement under a last chance."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0009_program_walls'),
        ('arrangements', '0002_walls'),
        ("bailiff", "0018_walls_around_a_file"),
        ('tenancies', '0007_erased_on'),
    ]

    operations = [
        migrations.CreateModel(
            name='LegalDeedFacts',
            fields=[
                ('deed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.legaldeed')),
                ('facts', models.JSONField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='legaldeed',
            name='bailiff_deed_known',
        ),
        migrations.AddField(
            model_name='judgment',
            name='vacate_days',
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='legaldeed',
            name='arrangement',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='arrangements.arrangement'),
        ),
        migrations.AddField(
            model_name='legaldeed',
            name='role',
            field=models.CharField(blank=True, db_default='', default='', max_length=30),
        ),
        migrations.AddField(
            model_name='legaldeedtext',
            name='conditions',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddConstraint(
            model_name='judgment',
            constraint=models.CheckConstraint(condition=models.Q(('vacate_days', None), ('vacate_days__gt', 0), _connector='OR'), name='bailiff_judgment_vacate_days'),
        ),
        migrations.AddConstraint(
            model_name='legaldeed',
            constraint=models.CheckConstraint(condition=models.Q(('deed__in', ['summons_proposed', 'summons_agreed', 'summons_refused', 'summoned', 'hearing', 'judgment', 'served', 'last_chance', 'last_chance_over', 'eviction_proposed', 'eviction_agreed', 'eviction_refused', 'municipality_told', 'announced', 'eviction_day_told', 'evicted', 'stopped'])), name='bailiff_deed_known'),
        ),
        migrations.AddField(
            model_name='legaldeedfacts',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation'),
        ),
    ]
