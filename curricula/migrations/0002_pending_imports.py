import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('competencies', '0001_initial'),
        ('curricula', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PendingImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('curriculum', 'curriculum'), ('postings', 'job postings')], max_length=20, verbose_name='kind')),
                ('name', models.CharField(max_length=300, verbose_name='file name')),
                ('content', models.BinaryField(verbose_name='content')),
                ('target', models.CharField(help_text='school/program/year, or the short name of a demand source', max_length=320, verbose_name='where it goes')),
                ('options', models.JSONField(blank=True, default=dict, verbose_name='what was chosen beside the file')),
                ('created', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pending_imports', to='competencies.framework', verbose_name='framework')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pending_imports', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'pending import',
                'verbose_name_plural': 'pending imports',
                'ordering': ['-created'],
                'indexes': [models.Index(fields=['created'], name='pending_import_by_age')],
            },
        ),
    ]
