"""Partners, and people who work there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0003_failed_sign_ins'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.AutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('code', models.SlugField(unique=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='access_partner_named')],
            },
        ),
        migrations.RemoveConstraint(
            model_name='user',
            name='access_user_role_known',
        ),
        migrations.AlterField(
            model_name='user',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.organisation'),
        ),
        migrations.AlterField(
            model_name='user',
            name='role',
            field=models.CharField(choices=[('consultant', 'consultant'), ('team_lead', 'team_lead'), ('manager', 'manager'), ('customer_service', 'customer_service'), ('caretaker', 'caretaker'), ('administrator', 'administrator'), ('partner', 'partner'), ('partner_lead', 'partner_lead')], max_length=20),
        ),
        migrations.AddField(
            model_name='user',
            name='partner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.partner'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['consultant', 'team_lead', 'manager', 'customer_service', 'caretaker', 'administrator', 'partner', 'partner_lead'])), name='access_user_role_known'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('partner__isnull', False), ('role__in', ['partner', 'partner_lead'])), models.Q(('organisation__isnull', False), ('partner__isnull', True), models.Q(('role__in', ['partner', 'partner_lead']), _negated=True)), _connector='OR'), name='access_user_of_one'),
        ),
    ]
