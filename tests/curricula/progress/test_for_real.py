"""With processes, threads and a database as they are where pages are served: a large file, stopped, then saved."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.competencies.demand.test_import_killed import POSTINGS, Place, place
from tests.places import ROOT

__all__ = ["place"]
WALK = """
import json, sys, time
import talentgap.wsgi
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from competencies.models import Framework, Posting
from curricula.models import Membership, PendingImport, School, Work

school = School.objects.create(slug="north", title_en="North")
user = User.objects.create_user("director")
Membership.objects.create(school=school, user=user, role="director")
client, told = Client(headers={"host": "127.0.0.1"}), {}
client.force_login(user)

def over(path):
    until = time.monotonic() + 600
    while (answer := client.get(path)).status_code == 200 and b"data-over" not in answer.content:
        assert time.monotonic() < until, answer.content.decode()
        time.sleep(0.2)
    return answer

file = SimpleUploadedFile("postings.csv", open(sys.argv[1], "rb").read())
stated = {"source": "board", "framework": Framework.objects.get().pk, "collected": "2026-05-01", "file": file}
preview = client.post("/import/?kind=postings", stated)["Location"]
told["looked"] = over(client.get(preview)["Location"])["Location"] == preview
told["found"] = b"6,000 postings" in client.get(preview).content
told["stored after a look"] = Posting.objects.count()
saving = client.post(preview, {"do": "save"})["Location"]
client.post(saving)
told["stopped"] = b"It was stopped, as you asked." in over(saving).content
told["stored after a stop"], told["kept after a stop"] = Posting.objects.count(), PendingImport.objects.count()
told["saved"] = "Location" in over(client.post(preview, {"do": "save"})["Location"])
told["stored"], told["kept"] = Posting.objects.count(), PendingImport.objects.count()
told["states"] = list(Work.objects.order_by("pk").values_list("job", "state"))
print(json.dumps(told))
"""


@pytest.mark.xdist_group("large file")  # both databases after each other: each takes all of a processor
@pytest.mark.skipif(sys.platform == "win32", reason="no process is forked there")
def test_a_large_file_is_looked_into_stopped_and_saved(place: Place) -> None:
    command = [sys.executable, "-c", WALK, str(place.file)]
    done = subprocess.run(command, cwd=ROOT, env=place.environment, capture_output=True, text=True, timeout=1800)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        **{"looked": True, "found": True, "stored after a look": 0},
        **{"stopped": True, "stored after a stop": 0, "kept after a stop": 1},
        **{"saved": True, "stored": POSTINGS, "kept": 0},
        "states": [["save", "stopped"], ["save", "done"]],
    }
