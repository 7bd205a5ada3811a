"""Agreements with partners, and files at them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0005_partner_walls'),
        ('tenancies', '0006_kinds_of_procedure'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.IntegerField()),
                ('terms', models.JSONField()),
                ('begin_on', models.DateField()),
                ('actor', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('asked_as', models.UUIDField()),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.partner')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'partner', 'version'), name='bailiff_agreement_version'), models.UniqueConstraint(fields=('organisation', 'asked_as'), name='bailiff_agreement_asked_once'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='bailiff_agreement_named')],
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.CharField(max_length=3)),
                ('points', models.JSONField()),
                ('weak', models.JSONField()),
                ('on', models.DateField()),
                ('actor', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('asked_as', models.UUIDField()),
                ('agreement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='bailiff.agreement')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('tenancy', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='tenancies.tenancy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'asked_as'), name='bailiff_handover_asked_once'), models.CheckConstraint(condition=models.Q(('start__in', ['ACH', 'RVE', 'RON', 'RNN', 'ONV', 'EAR', 'SCH', 'BOE', 'VON', 'OLA', 'WHT', 'WUI'])), name='bailiff_handover_start'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='bailiff_handover_named')],
                'indexes': [models.Index(fields=['tenancy', '-id'], name='bailiff_handover_tenancy')],
            },
        ),
        migrations.CreateModel(
            name='AgreementApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(max_length=12)),
                ('on', models.DateField()),
                ('actor', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='bailiff.agreement')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agreement', 'side'), name='bailiff_approval_once'), models.CheckConstraint(condition=models.Q(('side__in', ['corporation', 'partner'])), name='bailiff_approval_side'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='bailiff_approval_named')],
            },
        ),
        migrations.CreateModel(
            name='HandOverText',
            fields=[
                ('hand_over', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.handover')),
                ('reason', models.TextField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HandOverWithdrawal',
            fields=[
                ('hand_over', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.handover')),
                ('on', models.DateField()),
                ('actor', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.CharField(max_length=3)),
                ('handed_over_on', models.DateField()),
                ('overdue_cents', models.BigIntegerField()),
                ('second_actor', models.CharField(blank=True, max_length=80)),
                ('second_name', models.CharField(blank=True, max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_on', models.DateField(null=True)),
                ('end', models.CharField(blank=True, max_length=3)),
                ('end_side', models.CharField(blank=True, max_length=12)),
                ('end_name', models.CharField(blank=True, max_length=120)),
                ('agreement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='bailiff.agreement')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('partner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.partner')),
                ('tenancy', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='tenancies.tenancy')),
                ('hand_over', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='bailiff.handover')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('tenancy',), name='bailiff_file_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('end', ''), ('end_name', ''), ('end_side', ''), ('ended_on', None)), models.Q(('end__in', ['AFB', 'GED', 'ONI', 'SAN', 'WSO', 'WSS', 'FAI', 'OVL', 'VRJ', 'KWI', 'TER', 'OVD', 'ONT', 'OTR', 'BVO']), ('end_side__in', ['corporation', 'partner']), ('ended_on__isnull', False), models.Q(('end_name', ''), _negated=True)), _connector='OR'), name='bailiff_file_ends_by_name')],
                'indexes': [models.Index(fields=['partner', 'tenancy'], name='bailiff_file_partner'), models.Index(fields=['tenancy', '-id'], name='bailiff_file_tenancy')],
            },
        ),
        migrations.CreateModel(
            name='AgreementEnd',
            fields=[
                ('agreement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.agreement')),
                ('end_on', models.DateField()),
                ('side', models.CharField(max_length=12)),
                ('actor', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['corporation', 'partner'])), name='bailiff_end_side'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='bailiff_end_named')],
            },
        ),
        migrations.AddField(
            model_name='handovertext',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation'),
        ),
        migrations.AddField(
            model_name='handoverwithdrawal',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation'),
        ),
    ]
