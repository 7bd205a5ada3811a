from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0012_answer_text_apart'),
    ]

    operations = [
        migrations.AddField(
            model_name='standing',
            name='new_overdue_cents',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='standing',
            name='new_since_on',
            field=models.DateField(null=True),
        ),
    ]
