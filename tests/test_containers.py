"""The files for containers say what docs/deploy.md promises."""

from __future__ import annotations

import re

import yaml
from django.conf import settings

COMPOSE = (settings.BASE_DIR / "compose.yaml").read_text()
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
