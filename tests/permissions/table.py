"""Who reaches which address, by which method: one line for each address of the project.

docs/permissions.md is written from it (`python -m tests.permissions.page`), and `test_table.py` tries every line.

A line says whose record the address names, and the least role that may read there (GET, HEAD) and post there; "" is a
method that the address does not have. PUT, PATCH, DELETE, OPTIONS and TRACE exist nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("viewer", "faculty", "director", "administrator")
PUBLIC = "everybody"
SIGNED_IN = "signed in"
DIRECTS = "directs a school"
COLLECTS = "directs a school, or staff"
STAFF = "staff"
SENDER = "sender"


@dataclass(frozen=True)
class Row:
    """`site` is who reaches the same address where it names a record of the site's; `hidden` refuses with 404."""

    of: str  # "school", "owned", "sender", "none"
    get: str = ""
    post: str = ""
    site_get: str = ""
    site_post: str = ""
    hidden: bool = False
    asks_first: bool = False  # who directs no school is refused before the record is looked for

    def least(self, method: str, *, site: bool = False) -> str:
        reads = method in ("GET", "HEAD")
        if method not in ("GET", "HEAD", "POST"):
            return ""
        if site:
            return self.site_get if reads else self.site_post
        return self.get if reads else self.post


def school(get: str = "", post: str = "", *, hidden: bool = False) -> Row:
    """A record of a school: its members by role; other schools do not learn of it."""
    return Row("school", get, post, hidden=hidden)


def owned(get: str = "", post: str = "", *, site_get: str = "", site_post: str = "") -> Row:
    """A framework or a source of demand, of a school until it is published, or of the site."""
    return Row("owned", get, post, site_get or _of_site(get), site_post or _of_site(post))


def _of_site(least: str) -> str:
    return {"": "", "viewer": SIGNED_IN}.get(least, STAFF)


def free(get: str = "", post: str = "") -> Row:
    """Names no record."""
    return Row("none", get, post)


READ = school("viewer")
TRIED = school("faculty", "faculty")  # read: leads to the page that posts there
EDITED = school("director", "director")
MANAGED = school("administrator", "administrator")
SEEN = owned("viewer")
WRITTEN = owned("director", "director")

TABLE: dict[str, Row] = {
    # the site
    "healthz": free(PUBLIC),
    "readyz": free(PUBLIC),
    "sign-in": free(PUBLIC, PUBLIC),
    "set_language": free(PUBLIC, PUBLIC),
    "sign-out": free(post=SIGNED_IN),
    "shared": free(PUBLIC),
    "shared-file": free(PUBLIC),
    "student-plan": free(PUBLIC),
    "home": free(SIGNED_IN),
    "figures-refresh": free(post=SIGNED_IN),
    "programs": free(SIGNED_IN),
    "find": free(SIGNED_IN),
    "programs-xlsx": free(SIGNED_IN),
    "programs-csv": free(SIGNED_IN),
    "method": free(SIGNED_IN),
    "compare": free(SIGNED_IN),
    "compare-frameworks": free(SIGNED_IN),
    "frameworks": free(SIGNED_IN),
    "framework-template": free(SIGNED_IN),
    "framework-new": free(COLLECTS, COLLECTS),
    "demand": free(SIGNED_IN),
    "papers": free(SIGNED_IN),
    "schools": free(SIGNED_IN, STAFF),
    "school-take": free(post=STAFF),
    "school-visit": free(STAFF, STAFF),
    "school-restore": free(post=STAFF),
    "source-restore": free(post=STAFF),
    # one's own account, and how people come in
    "invitation": free(PUBLIC, PUBLIC),
    "first-visit": free(PUBLIC, PUBLIC),
    "questionnaire-answer": free(PUBLIC, PUBLIC),
    "sign-in-code": free(PUBLIC, PUBLIC),
    "password_reset": free(PUBLIC, PUBLIC),
    "password_reset_done": free(PUBLIC),
    "password_reset_confirm": free(PUBLIC, PUBLIC),
    "profile": free(SIGNED_IN, SIGNED_IN),
    "my-courses": free(SIGNED_IN),
    "my-comments": free(SIGNED_IN, SIGNED_IN),
    "session-end": free(post=SIGNED_IN),
    "password_change": free(SIGNED_IN, SIGNED_IN),
    "second-step": free(SIGNED_IN, SIGNED_IN),
    "second-step-off": free(post=SIGNED_IN),
    # a school
    "school": MANAGED,
    "school-members": MANAGED,
    "school-member": school(post="administrator"),
    "school-member-remove": MANAGED,
    "invitation-revoke": school(post="administrator"),
    "school-lecturers": EDITED,
    "school-remove": MANAGED,
    "school-history": school("administrator"),
    "bin": school("director"),
    "bin-restore": school(post="director"),
    "program": EDITED,
    "program-remove": EDITED,
    "school-reports": READ,
    "school-report-file": READ,
    "school-archive": READ,
    "records": READ,
    "records-all": READ,
    "records-workbook": READ,
    "record": READ,
    "records-export": READ,
    "record-new": EDITED,
    "record-edit": EDITED,
    "questionnaires": READ,
    "questionnaire": READ,
    "questionnaire-new": EDITED,
    "questionnaire-edit": EDITED,
    "questionnaire-links": EDITED,
    "questionnaire-words": school("director"),
    "questionnaire-answers": school("director"),
    "questionnaire-revoke": school(post="director"),
    "training-rules": school("viewer", "director"),
    # a plan
    "overview": READ,
    "abilities": READ,
    "curriculum-ability": READ,
    "postings": READ,
    "courses": READ,
    "course": READ,
    "courses-export": READ,
    "course-new": EDITED,
    "course-edit": EDITED,
    "course-remove": EDITED,
    "course-restore": EDITED,
    "courses-removed": school("director"),
    "elective-group-new": EDITED,
    "elective-group": EDITED,
    "positions": READ,
    "curriculum-position": READ,
    "certificates": READ,
    "certificate-link": school(post="director"),
    "prerequisites": READ,
    "robustness": READ,
    "training-start": READ,
    "training": READ,
    "depth": READ,
    "next-evidence": READ,
    "next-evidence-done": EDITED,
    "matrix": READ,
    "matrix-cell": TRIED,
    "matrix-cells": TRIED,
    "matrix-effect": school("faculty"),
    "suggestions": TRIED,
    "course-task": school("faculty", "faculty"),  # of faculty who are asked for the course, or teach it
    "asked": school("director"),
    "ask": EDITED,
    "agenda": READ,
    "comments": school("viewer", "viewer"),  # staff who entered are told that they only read
    "comment": school("viewer", "viewer"),
    "agenda-settle": EDITED,  # read: leads to the page that posts there
    "asked-change": EDITED,  # read: leads to the page that posts there
    "reports": READ,
    "report-download": READ,
    "committee": READ,
    "committee-choices": EDITED,
    "committee-logo": EDITED,
    "committee-download": READ,
    "sharing": EDITED,
    "shared-link": school("director"),
    "shared-link-revoke": EDITED,
    "api-report": READ,
    "history": READ,
    "curriculum-settings": EDITED,
    "curriculum-framework": EDITED,
    "curriculum-next": EDITED,
    "curriculum-next-year": EDITED,
    "overview-today": READ,
    # its review, snapshots and actions
    "review": READ,
    "curriculum-state": READ,
    "review-decide": EDITED,
    "changes": READ,
    "snapshots": READ,
    "snapshot": READ,
    "snapshot-compare": READ,
    "snapshot-new": EDITED,
    "actions": READ,
    "action": READ,
    "action-new": EDITED,
    "action-edit": EDITED,
    "loop": READ,
    "curriculum-remove": EDITED,
    # what is tried on a plan
    "scenarios": READ,
    "scenario": READ,
    "scenario-compare": READ,
    "scenario-proposal": READ,
    "scenario-report": READ,
    "scenario-new": TRIED,
    "course-elsewhere": EDITED,
    "scenario-try": TRIED,
    "scenario-edit": TRIED,
    "scenario-change": TRIED,
    "scenario-apply": EDITED,
    "optimise": school("faculty"),
    "optimise-take": TRIED,
    "course-lock": EDITED,
    "advice": READ,
    "advice-add": TRIED,
    # files on their way in
    "import": free(SIGNED_IN, DIRECTS),
    "import-preview": Row("sender", SENDER, SENDER),
    "import-columns": Row("sender", SENDER),
    "work": Row("sender", SENDER, SENDER),
    "import-runs": free(SIGNED_IN),
    "import-run": school("director", "director", hidden=True),
    "source-judges": Row("owned", "director", "director", DIRECTS, DIRECTS, asks_first=True),
    # a framework
    "framework": SEEN,
    "ability": SEEN,
    "framework-positions": SEEN,
    "position": SEEN,
    "certifications": SEEN,
    "framework-export": SEEN,
    "framework-edit": WRITTEN,
    "framework-status": owned(post="director"),
    "ability-new": WRITTEN,
    "ability-edit": WRITTEN,
    "position-new": WRITTEN,
    "position-edit": WRITTEN,
    "certificate-new": WRITTEN,
    "certificate-edit": WRITTEN,
    "framework-carry": owned("director", "director", site_get=DIRECTS, site_post=DIRECTS),
    # its demand
    "demand-overview": SEEN,
    "demand-postings": SEEN,
    "demand-trends": SEEN,
    "demand-specificity": SEEN,
    "demand-figures": SEEN,
    "demand-quality": SEEN,
    "demand-needs": SEEN,
    "vocabulary": SEEN,
    "vocabulary-terms": owned(post="director"),
    "vocabulary-own": owned(post="director", site_post=DIRECTS),
    "vocabulary-search-again": owned(post="director", site_post=COLLECTS),
    # a source of demand
    "demand-source": SEEN,
    "demand-duplicates": SEEN,
    "demand-edit": WRITTEN,
    "demand-publish": owned(post="director"),
    "demand-search-again": owned(post="director"),
    "source-remove": WRITTEN,
    "posting": SEEN,
    "posting-position": owned(post="director"),
}
