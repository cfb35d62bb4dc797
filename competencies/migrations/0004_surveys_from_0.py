from django.db import migrations
from django.db.models import F


def begin_scales_at_0(apps, schema_editor):
    """Answers on a scale from -2 to 2 become answers from 0 to 4; the page of needs could not show them before."""
    answers = apps.get_model("competencies", "SurveyAnswer").objects.filter(scale_low__lt=0)
    answers.update(
        importance=F("importance") - F("scale_low"),
        competence=F("competence") - F("scale_low"),
        scale_high=F("scale_high") - F("scale_low"),
        scale_low=0,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("competencies", "0003_source_made_by"),
    ]

    operations = [migrations.RunPython(begin_scales_at_0, migrations.RunPython.noop)]
