"""What somebody shows at the door, who was invited, and what partners' people did about their people."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0006_sessions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PartnerAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor', models.CharField(max_length=80)),
                ('verb', models.CharField(max_length=60)),
                ('subject', models.CharField(max_length=80)),
                ('effective_on', models.DateField()),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('facts', models.JSONField(default=dict)),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='access.partner')),
            ],
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80)),
                ('issuer', models.URLField(max_length=300)),
                ('client_id', models.CharField(max_length=200)),
                ('sealed', models.TextField()),
                ('domain', models.CharField(max_length=120, unique=True)),
                ('vouches', models.BooleanField(default=False)),
                ('required', models.BooleanField(default=False)),
                ('is_on', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.partner')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation__isnull', True), ('partner__isnull', True), _connector='XOR'), name='entrance_provider_of_one'), models.UniqueConstraint(fields=('organisation',), name='entrance_provider_one_a_corporation'), models.UniqueConstraint(fields=('partner',), name='entrance_provider_one_a_partner')],
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=300)),
                ('subject', models.CharField(max_length=255)),
                ('made_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.partner')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='entrance.provider')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation__isnull', True), ('partner__isnull', True), _connector='XOR'), name='entrance_identity_of_one'), models.UniqueConstraint(fields=('provider', 'issuer', 'subject'), name='entrance_identity_one_person'), models.UniqueConstraint(fields=('provider', 'issuer', 'user'), name='entrance_identity_one_subject')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.partner')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation__isnull', True), ('partner__isnull', True), _connector='XOR'), name='entrance_recoverycode_of_one'), models.UniqueConstraint(fields=('user', 'digest'), name='entrance_recoverycode_once')],
            },
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.TextField()),
                ('set_at', models.DateTimeField()),
                ('last_step', models.BigIntegerField(default=0)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.partner')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation__isnull', True), ('partner__isnull', True), _connector='XOR'), name='entrance_secondfactor_of_one')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('role', models.CharField(choices=[('consultant', 'consultant'), ('team_lead', 'team_lead'), ('manager', 'manager'), ('customer_service', 'customer_service'), ('caretaker', 'caretaker'), ('administrator', 'administrator'), ('partner', 'partner'), ('partner_lead', 'partner_lead')], max_length=20)),
                ('region', models.CharField(blank=True, max_length=80)),
                ('actor', models.CharField(max_length=80)),
                ('made_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('renews', models.BooleanField(default=False)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.partner')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation__isnull', True), ('partner__isnull', True), _connector='XOR'), name='entrance_invitation_of_one')],
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credential', models.CharField(max_length=1400, unique=True)),
                ('public_key', models.BinaryField()),
                ('sign_count', models.BigIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('made_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.organisation')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='access.partner')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation__isnull', True), ('partner__isnull', True), _connector='XOR'), name='entrance_passkey_of_one')],
            },
        ),
    ]
