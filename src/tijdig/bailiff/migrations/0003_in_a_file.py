"""Questions, costs, and the deeds before the court of a file."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_partner_walls'),
        ('bailiff', '0002_walls'),
        ('tenancies', '0006_kinds_of_procedure'),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(max_length=12)),
                ('on', models.DateField()),
                ('actor', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('asked_as', models.UUIDField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='bailiff.file')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('tenancy', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='tenancies.tenancy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'asked_as'), name='bailiff_question_asked_once'), models.CheckConstraint(condition=models.Q(('side__in', ['corporation', 'partner'])), name='bailiff_question_side'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='bailiff_question_named')],
            },
        ),
        migrations.CreateModel(
            name='Cost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20)),
                ('label', models.CharField(blank=True, max_length=120)),
                ('payer', models.CharField(max_length=12)),
                ('on', models.DateField()),
                ('cents', models.BigIntegerField()),
                ('vat_cents', models.BigIntegerField()),
                ('against', models.CharField(max_length=12)),
                ('tariff_cents', models.BigIntegerField(null=True)),
                ('received_on', models.DateField(null=True)),
                ('side', models.CharField(max_length=12)),
                ('actor', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('asked_as', models.UUIDField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='bailiff.file')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('tenancy', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='tenancies.tenancy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'asked_as'), name='bailiff_cost_asked_once'), models.CheckConstraint(condition=models.Q(('act__in', ['a', 'b', 'c', 'd', 'e', 'i', 'j', 'v', 'x', 'witness', 'court_fee', 'agreed', 'awarded_costs', 'awarded_interest', 'awarded_collection'])), name='bailiff_cost_act'), models.CheckConstraint(condition=models.Q(('payer__in', ['tenant', 'corporation'])), name='bailiff_cost_payer'), models.CheckConstraint(condition=models.Q(('against__in', ['right', 'below', 'above', 'unknown'])), name='bailiff_cost_against'), models.CheckConstraint(condition=models.Q(('cents__gt', 0), ('vat_cents__gte', 0)), name='bailiff_cost_amount'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='bailiff_cost_named'), models.CheckConstraint(condition=models.Q(('payer', 'corporation'), ('tariff_cents', None), ('cents__lte', models.F('tariff_cents')), _connector='OR'), name='bailiff_cost_tenant_pays_no_more_than_the_tariff')],
            },
        ),
        migrations.CreateModel(
            name='LegalDeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(max_length=30)),
                ('on', models.DateField()),
                ('at_on', models.DateField(null=True)),
                ('at', models.CharField(blank=True, max_length=80)),
                ('check_list', models.JSONField(default=list)),
                ('owed_cents', models.BigIntegerField()),
                ('side', models.CharField(max_length=12)),
                ('actor', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('asked_as', models.UUIDField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='bailiff.file')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('tenancy', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='tenancies.tenancy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'asked_as'), name='bailiff_deed_asked_once'), models.CheckConstraint(condition=models.Q(('deed__in', ['summons_proposed', 'summons_agreed', 'summons_refused', 'summoned', 'hearing', 'judgment', 'served', 'last_chance', 'last_chance_over', 'eviction_proposed', 'eviction_agreed', 'eviction_refused', 'municipality_told', 'announced', 'evicted', 'stopped'])), name='bailiff_deed_known'), models.CheckConstraint(condition=models.Q(('side__in', ['corporation', 'partner'])), name='bailiff_deed_side'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='bailiff_deed_named')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.question')),
                ('on', models.DateField()),
                ('actor', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='bailiff_answer_named')],
            },
        ),
        migrations.CreateModel(
            name='CostText',
            fields=[
                ('cost', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.cost')),
                ('reason', models.TextField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CostWithdrawal',
            fields=[
                ('cost', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.cost')),
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
            name='Judgment',
            fields=[
                ('deed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.legaldeed')),
                ('principal_cents', models.BigIntegerField()),
                ('through_on', models.DateField()),
                ('interest_cents', models.BigIntegerField()),
                ('collection_cents', models.BigIntegerField()),
                ('costs_cents', models.BigIntegerField()),
                ('dissolved', models.BooleanField()),
                ('eviction', models.BooleanField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('collection_cents__gte', 0), ('costs_cents__gte', 0), ('interest_cents__gte', 0), ('principal_cents__gte', 0)), name='bailiff_judgment_amounts')],
            },
        ),
        migrations.CreateModel(
            name='LegalDeedText',
            fields=[
                ('deed', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.legaldeed')),
                ('reason', models.TextField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AnswerText',
            fields=[
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.answer')),
                ('text', models.TextField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuestionText',
            fields=[
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='bailiff.question')),
                ('text', models.TextField()),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='costtext',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation'),
        ),
        migrations.AddField(
            model_name='costwithdrawal',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation'),
        ),
        migrations.AddField(
            model_name='judgment',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation'),
        ),
        migrations.AddField(
            model_name='legaldeedtext',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation'),
        ),
        migrations.AddField(
            model_name='answertext',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='access.organisation'),
        ),
    ]
