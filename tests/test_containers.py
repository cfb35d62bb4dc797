"""The files for containers and for systemd say what docs/deploy.md promises."""

from __future__ import annotations

import re

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

COMPOSE = (settings.BASE_DIR / "compose.yaml").read_text()
DEPLOY = settings.BASE_DIR / "docs" / "deploy"
DOCKERFILE = (settings.BASE_DIR / "Dockerfile").read_text()


def test_the_program_does_not_run_as_root_and_writes_its_state_only():
    assert re.search(r"^USER talentgap$", DOCKERFILE, re.M)
    assert re.search(r"^\s+read_only: true$", COMPOSE, re.M)
    assert 'volumes: ["state:/state"]' in COMPOSE


def test_what_the_image_starts_is_the_documented_command():
    assert 'CMD ["python", "manage.py", "serve"]' in DOCKERFILE
    assert "HEALTHCHECK" in DOCKERFILE


def test_no_password_stands_in_the_files():
    assert "${DATABASE_PASSWORD:?" in COMPOSE
    assert not re.search(r"PASSWORD: *[\"']?[a-z0-9]+[\"']?$", COMPOSE, re.M)


def test_compose_is_yaml_with_its_services():
    assert set(yaml.safe_load(COMPOSE)["services"]) == {"web", "worker", "database"}


def test_what_a_page_hands_over_is_done_by_the_worker_with_the_same_state():
    services = yaml.safe_load(COMPOSE)["services"]
    web, worker = services["web"], services["worker"]
    assert web["environment"]["TASKS_BACKEND"] == "database"
    assert (worker["environment"], worker["volumes"]) == (web["environment"], web["volumes"])
    assert worker["command"][:3] == ["python", "manage.py", "db_worker"]
    assert worker["ports"] == []


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda path: path.name)
def test_a_unit_runs_what_there_is_as_the_documented_user_and_writes_its_state_only(unit):
    lines = unit.read_text()
    assert {*re.findall(r"^(?:User|WorkingDirectory|EnvironmentFile)=(.*)$", lines, re.M)} == {
        *("talentgap", "/srv/talentgap", "/etc/talentgap.env")
    }
    assert "ProtectSystem=strict" in lines
    assert "StateDirectory=talentgap\n" in lines, "a folder that is not there keeps a unit from starting"
    assert set(re.findall(r"manage\.py (\w+)", lines)) <= get_commands().keys()


def test_the_settings_to_install_are_settings_and_the_state_is_that_of_the_units():
    told = (settings.BASE_DIR / "docs" / "deploy.md").read_text()
    set_there = dict(line.split("=", 1) for line in (DEPLOY / "talentgap.env").read_text().splitlines()[1:])
    assert [name for name in set_there if f"| `{name}` |" not in told] == []
    assert set_there["TALENTGAP_STATE"] == "/var/lib/talentgap"
    assert [path.name for path in DEPLOY.iterdir() if f"deploy/{path.stem.split('-')[0]}" not in told] == []
