"""A municipality's file of which lines were no use may be read again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0005_partner_walls'),
        ('help', '0012_retraction_walls'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='answerfile',
            name='help_answer_file_once',
        ),
        migrations.AddConstraint(
            model_name='answerfile',
            constraint=models.UniqueConstraint(condition=models.Q(('rejected', 0)), fields=('organisation', 'digest'), name='help_answer_file_whole_once'),
        ),
    ]
