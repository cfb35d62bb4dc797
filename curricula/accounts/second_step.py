"""A second step after the password: a code that the owner's phone makes anew each half minute, or a spare code."""

from __future__ import annotations

import base64
import secrets
from time import time
from typing import Any, Final

import pyotp
import segno
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from curricula.models import SecondStep
from curricula.models.token_link import hashed
from curricula.rules import RISING, is_staff, roles_of

SECONDS: Final = 30
EARLIER_AND_LATER: Final = (-1, 0, 1)  # a phone's clock may be half a minute off
SPARE: Final = 8
WHO: Final = (*RISING, "staff")  # of whom it can be demanded: of one, and of all after it


def begin(user: User) -> SecondStep:
    """One that waits until a code shows that the phone has the secret; one in use stays in use meanwhile."""
    step, _new = SecondStep.objects.get_or_create(user=user, defaults={"salt": secrets.token_hex(16)})
    return step


def is_on(user: User) -> bool:
    return SecondStep.objects.filter(user=user, confirmed=True).exists()


def is_demanded(user: Any) -> bool:
    """Whether the site wants one of the role that this person holds somewhere, or of its staff."""
    if not settings.SECOND_STEP_FOR:
        return False
    held = {*roles_of(user).values(), *(["staff"] if is_staff(user) else [])}
    return not held.isdisjoint(WHO[WHO.index(settings.SECOND_STEP_FOR) :])


def is_due(user: Any) -> bool:
    return is_demanded(user) and not is_on(user)


def turn_off(user: User) -> None:
    SecondStep.objects.filter(user=user).delete()


@transaction.atomic
def confirm(step: SecondStep, code: str) -> list[str]:
    """The spare codes, which nobody can read again; none where the code was wrong."""
    if not _is_code(step, code):
        return []
    spare = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _number in range(SPARE)]
    SecondStep.objects.filter(pk=step.pk).update(confirmed=True, spare_hashes=[_kept(each) for each in spare])
    return spare


@transaction.atomic
def is_right(user: User, code: str) -> bool:
    """A code of the phone, or a spare one; each is taken once."""
    step = SecondStep.objects.select_for_update().filter(user=user, confirmed=True).first()
    return step is not None and (_is_code(step, code) or _is_spare(step, code))


def _is_code(step: SecondStep, code: str) -> bool:
    code = "".join(code.split())
    now = int(time()) // SECONDS
    for number in (now + near for near in EARLIER_AND_LATER):
        if constant_time_compare(code, pyotp.TOTP(secret_of(step)).at(number * SECONDS)):
            unused = SecondStep.objects.filter(pk=step.pk, last_step__lt=number)
            return bool(unused.update(last_step=number))
    return False


def _is_spare(step: SecondStep, code: str) -> bool:
    typed = code.strip().lower()
    given = {_kept(typed), hashed(typed)}  # the second is how earlier versions kept them
    if given.isdisjoint(step.spare_hashes):
        return False
    step.spare_hashes = [each for each in step.spare_hashes if each not in given]
    step.save(update_fields=["spare_hashes"])
    return True


def _kept(code: str) -> str:
    """Whoever holds a copy of the database alone cannot try what it may have been."""
    return salted_hmac("curricula.accounts.second_step.spare", code, algorithm="sha256").hexdigest()


def secret_of(step: SecondStep) -> str:
    made = salted_hmac("curricula.accounts.second_step", f"{step.user_id} {step.salt}", algorithm="sha256").digest()
    return base64.b32encode(made[:20]).decode()


def drawn(step: SecondStep) -> Any:
    """What the phone's camera reads, as SVG."""
    address = pyotp.TOTP(secret_of(step)).provisioning_uri(name=step.user.get_username(), issuer_name="TalentGap")
    return segno.make_qr(address).svg_inline(scale=4, light="white")
