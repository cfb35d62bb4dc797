from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SecondStep(models.Model):
    """That an account asks for a code of its owner's phone after the password.

    The secret follows from the program's key and the salt, so that who reads the database alone makes no codes.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_step", verbose_name=_("user")
    )
    salt = models.CharField(max_length=32)
    confirmed = models.BooleanField(_("in use"), default=False)
    last_step = models.BigIntegerField(default=0)  # a code is taken once
    spare_hashes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("second step")
        verbose_name_plural = _("second steps")

    def __str__(self) -> str:
        return str(self.user)
