from django.apps import AppConfig


class CurriculaConfig(AppConfig):
    name = "curricula"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registers the check that says at start-up when no font has Chinese characters.
        from django.contrib.auth.signals import user_logged_in

        from .accounts.sessions import begin
        from .reports import checks  # noqa: F401

        user_logged_in.connect(begin)
