"""The demo's accounts: made with random passwords, which only the machine's own user can read again."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

from competencies.saving.private_files import write_private
from curricula.accounts.roles import DEMO_ACCOUNTS
from curricula.models import Membership, School

ROLES = DEMO_ACCOUNTS


@dataclass(frozen=True)
class DemoAccount:
    username: str
    role: str
    password: str

    @property
    def role_text(self) -> str:
        return str(Membership.Role(self.role).label)


def accounts_path() -> Path:
    return Path(settings.STATE_DIR) / "demo_accounts.json"


def demo_accounts() -> list[DemoAccount]:
    """The accounts as they were made on this machine; none where the demo was never loaded."""
    path = accounts_path()
    return [DemoAccount(**row) for row in json.loads(path.read_text())] if path.exists() else []


def ensure_demo_accounts(school: School) -> list[DemoAccount]:
    """Make the accounts that are missing, each a member of the demo school; returns the ones made now."""
    made = [_make(username, role, school) for username, role in ROLES.items() if not _exists(username)]
    if made:
        before = (a for a in demo_accounts() if a.username not in {m.username for m in made})
        write_private(accounts_path(), [asdict(account) for account in (*before, *made)])
    return made


def _exists(username: str) -> bool:
    return User.objects.filter(username=username).exists()


def _make(username: str, role: str, school: School) -> DemoAccount:
    account = DemoAccount(username, role, secrets.token_urlsafe(12))
    user = User.objects.create_user(username, password=account.password)
    Membership.objects.create(user=user, school=school, role=role)
    return account
