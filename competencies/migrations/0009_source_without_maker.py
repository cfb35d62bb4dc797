from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("competencies", "0008_owners_of_sources")]

    operations = [migrations.RemoveField(model_name="demandsource", name="made_by")]
