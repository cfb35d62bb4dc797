import sys
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_save


class TalentGapConfig(AppConfig):
    name = "talentgap"
    label = "talentgap"

    def ready(self) -> None:
        pre_save.connect(_without_what_was_sent, sender="axes.AccessAttempt")
        # Catalogues are kept as text; a machine needs no gettext tools to read them.
        from . import checks  # noqa: F401 - registers them
        from .catalogues import compile_stale
        from .security_log import listen

        listen()
        compile_stale()
        if "db_worker" in sys.argv[1:2]:  # a command, but one that works for pages
            from competencies.apart.calling import warm_up

            from . import served  # noqa: F401

            warm_up()


def _without_what_was_sent(*, instance: Any, **_signal: Any) -> None:
    """To lock out who guesses passwords, name and address are enough; what else a form held is nobody's to read."""
    instance.get_data = instance.post_data = ""
