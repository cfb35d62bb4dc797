from django.apps import AppConfig


class TalentGapConfig(AppConfig):
    name = "talentgap"
    label = "talentgap"

    def ready(self) -> None:
        # Catalogues are kept as text; a machine needs no gettext tools to read them.
        from . import checks  # noqa: F401 - registers them
        from .catalogues import compile_stale

        compile_stale()
