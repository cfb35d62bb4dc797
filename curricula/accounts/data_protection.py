"""What is stored of one person, as a file for that person, and gone again; what a school recorded stays whole."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from typing import Any, Final

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from curricula.models import (
    CellDecision,
    Invitation,
    Mapping,
    Membership,
    Rating,
    School,
    SignedIn,
    SuggestionDecision,
)
from curricula.rater_codes import member_code

FORMAT: Final = "talentgap.person/1"
# What proves who somebody is, is nobody's to read, in a file neither.
SECRET: Final = {"password", "session_key", "session_data", "token_hash", "salt", "spare_hashes"}
BY_NAME: Final[tuple[tuple[type[models.Model], str], ...]] = (
    (SuggestionDecision, "who"),
    *((model, "username") for model in (AccessAttempt, AccessFailureLog, AccessLog)),
)


class LastAdministratorOf(ValueError):
    """The schools that would be left without one."""


def stored_of(user: User) -> dict[str, Any]:
    """The account, and every row that names it, history included, by kind."""
    return {
        "format": FORMAT,
        "created": timezone.now().isoformat(),
        "account": _plain(user),
        "rows": {label: rows for label, rows in _rows(user) if rows},
    }


def _rows(user: User) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for model in apps.get_models(include_auto_created=True):
        own = [key.name for key in _keys_to_people(model)]
        if own and not model._meta.proxy:
            named = Q(*((name, user.pk) for name in own), _connector=Q.OR)
            yield model._meta.label, [_plain(row) for row in model._base_manager.filter(named)]
    yield from _under_codes(user)
    for named_model, field in BY_NAME:
        found = named_model._base_manager.filter(**{field: user.get_username()})
        yield named_model._meta.label, [_plain(row) for row in found]


def _under_codes(user: User) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What the person rated, and the meetings that he or she was at: under a code, another one in each school."""
    codes = {member_code(school, user) for school in School.everything.all()}
    for model in (Mapping, Rating):
        found = model._base_manager.filter(rater__in=codes)
        yield f"{model._meta.label} by code", [_plain(row) for row in found]
    there = (each for each in CellDecision.objects.all() if codes.intersection(each.present))
    yield f"{CellDecision._meta.label} by code", [_plain(row) for row in there]


def _keys_to_people(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.related_model is User]


def _plain(row: models.Model) -> dict[str, Any]:
    values = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
    return {name: _readable(value) for name, value in values.items() if name not in SECRET}


def _readable(value: Any) -> Any:
    return base64.b64encode(bytes(value)).decode() if isinstance(value, bytes | memoryview) else value


@transaction.atomic
def forget(user: User) -> str:
    """Leave of an account a code that nobody signs in with. Raises LastAdministratorOf.

    The row stays, because histories of schools point at it: who reads them sees that one person did this and that,
    and no longer which.
    """
    _expect_other_administrators(user)
    code = f"person-{secrets.token_hex(4)}"
    for model, field in BY_NAME:
        found = model._base_manager.filter(**{field: user.get_username()})
        found.update(**{field: code}) if model is SuggestionDecision else found.delete()
    _withdraw(user)
    for model in apps.get_models(include_auto_created=True):
        for key in _keys_to_people(model):
            if key.remote_field.on_delete is models.CASCADE:
                model._base_manager.filter(**{key.name: user.pk}).delete()
    user.username, user.first_name, user.last_name, user.email = code, "", "", ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    return code


def _expect_other_administrators(user: User) -> None:
    administrators = Membership.objects.filter(role=Membership.Role.ADMINISTRATOR)
    alone = [
        mine.school.slug
        for mine in administrators.filter(user=user).select_related("school")
        if not administrators.filter(school=mine.school).exclude(user=user).exists()
        and mine.school.memberships.exclude(user=user).exists()
    ]
    if alone:
        raise LastAdministratorOf(", ".join(alone))


def _withdraw(user: User) -> None:
    """Open invitations by the person end, and the address that others invited is no longer known."""
    Invitation.objects.open().filter(invited_by=user).update(revoked=timezone.now())
    invited = Q(accepted_by=user)
    if user.email:
        invited |= Q(email__iexact=user.email)
    Invitation.objects.filter(invited).update(email="")
    SignedIn.objects.filter(user=user).delete()
