import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talentgap.settings")
application = get_asgi_application()

from competencies.apart.calling import warm_up  # noqa: E402 - they need the settings

from . import served  # noqa: E402, F401

warm_up()
