"""With processes, threads and a database as they are where pages are served: a file looked into, stopped, then saved.

The save that is stopped is held in the middle of its transaction until it is (`held.py`), however fast the machine is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.posting_files import posting_file
from tests.framework_files import DOCUMENT, as_file
from tests.places import ROOT
from tests.postgres import new_database

POSTINGS = 40
WALK = """
import json, sys, time
from pathlib import Path
import talentgap.wsgi
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from competencies.models import Framework, Posting
from curricula.imports import flow
from curricula.models import Membership, PendingImport, School, Work

call_command("migrate", run_syncdb=True, verbosity=0)
call_command("import_framework", sys.argv[1], format="talentgap", slug="trade", verbosity=0, stdout=sys.stderr)
school = School.objects.create(slug="north", title_en="North")
user = User.objects.create_user("director")
Membership.objects.create(school=school, user=user, role="director")
client, told = Client(headers={"host": "127.0.0.1"}), {}
client.force_login(user)
flow.MOST_AT_ONCE = 10  # a page does not wait for this file
hold, held = Path(settings.STATE_DIR) / "hold", Path(settings.STATE_DIR) / "held"

def within_minutes(holds):
    until = time.monotonic() + 600
    while not (found := holds()):
        assert time.monotonic() < until, list(Work.objects.values())
        time.sleep(0.05)
    return found

def over(path):
    def answered():
        answer = client.get(path)
        return answer if answer.status_code != 200 or b"data-over" in answer.content else None
    return within_minutes(answered)

file = SimpleUploadedFile("postings.csv", open(sys.argv[2], "rb").read())
stated = {"source": "board", "framework": Framework.objects.get().pk, "collected": "2026-05-01", "file": file}
preview = over(client.post("/import/?kind=postings", stated)["Location"])["Location"]
told["looked"] = preview == PendingImport.objects.get().get_absolute_url()
told["found"] = b"40 postings" in client.get(preview).content
told["stored after a look"] = Posting.objects.count()
hold.touch()
saving = client.post(preview, {"do": "save"})["Location"]
within_minutes(held.exists)
told["shown while it is written"] = Posting.objects.count(), client.get(saving).status_code
client.post(saving)
told["stopped"] = b"It was stopped, as you asked." in over(saving).content
told["stored after a stop"], told["kept after a stop"] = Posting.objects.count(), PendingImport.objects.count()
hold.unlink()
told["saved"] = "Location" in over(client.post(preview, {"do": "save"})["Location"])
told["stored"], told["kept"] = Posting.objects.count(), PendingImport.objects.count()
told["states"] = list(Work.objects.order_by("pk").values_list("job", "state"))
print(json.dumps(told))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'db.sqlite3'}"
        return
    with new_database() as made:
        yield made


@pytest.mark.skipif(sys.platform == "win32", reason="no process is forked there")
def test_a_file_is_looked_into_stopped_and_saved(address: str, tmp_path: Path) -> None:
    framework = tmp_path / "framework.json"
    framework.write_bytes(as_file(DOCUMENT))
    words = (str(framework), str(posting_file(tmp_path / "postings.csv", POSTINGS)))
    place = {"DATABASE_URL": address, "TALENTGAP_STATE": str(tmp_path), "DEBUG": "1"}
    place["DJANGO_SETTINGS_MODULE"] = "tests.curricula.progress.held_settings"
    command = [sys.executable, "-c", WALK, *words]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | place, capture_output=True, text=True, timeout=1800)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        **{"looked": True, "found": True, "stored after a look": 0, "shown while it is written": [0, 200]},
        **{"stopped": True, "stored after a stop": 0, "kept after a stop": 1},
        **{"saved": True, "stored": POSTINGS, "kept": 0},
        "states": [["save", "stopped"], ["save", "done"]],
    }
