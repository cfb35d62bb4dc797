"""What the flow of a file does behind its page, where that takes longer than a page waits."""

from __future__ import annotations

import pickle
import zlib
from typing import Any

from django.core import signing
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from competencies.apart.progress import tell
from competencies.tabular.choices import NO_CHOICES
from competencies.tabular.problems import UnreadableFile
from curricula.models import PendingImport, Work
from curricula.progress.actions import finish
from curricula.progress.jobs import Refused

from .flow import REFUSALS, Found, ImportKind, look_into, save
from .kinds import KINDS
from .presenters import what_was_saved

_SALT = "curricula.imports.jobs"


def look(work: Work) -> None:
    """Find all that the preview shows, and keep it for the preview."""
    pending = _file_of(work)
    kind = KINDS[pending.kind]
    stamp = stamp_of(kind, pending)
    try:
        seen = look_into(kind, pending)
    except REFUSALS as refusal:
        if isinstance(refusal, UnreadableFile) and refusal.code == "bad_choices":
            pending.choose(NO_CHOICES)  # of a version that knew other codes
        raise Refused(str(refusal)) from refusal
    finish(work, url=pending.get_absolute_url(), result=packed((stamp, seen)))


def save_file(work: Work) -> None:
    """Save it whole, and say so within the same transaction: nobody is told that nothing was saved when it was."""
    pending = _file_of(work)
    kind = KINDS[pending.kind]

    def say(found: Found) -> None:
        following = kind.next_step(found.outcome)
        said = [
            ("SUCCESS", what_was_saved(kind, pending, found.outcome)),
            *([("INFO", following)] if following else []),
        ]
        finish(work, url=kind.next_page(pending, found.outcome), said=said)

    tell(step=0)
    try:
        done = save(kind, pending, waits=False, then=say)
    except REFUSALS as refusal:
        raise Refused(str(refusal)) from refusal
    if done is None:
        raise Refused(_("This file is saved already."))
    if not done.saved:
        pending.works.filter(job="look").delete()  # what it found was before somebody changed something
        raise Refused(_("Something has to be corrected first; see what was found."))


def _file_of(work: Work) -> PendingImport:
    pending = PendingImport.objects.to_preview(work.user).filter(pk=work.arguments["file"]).first()
    if pending is None:
        raise Refused(_("The file is not kept any more."))
    return pending


def stamp_of(kind: ImportKind, pending: PendingImport) -> str:
    """The same as long as what the file goes into, and the language in which that is told, are the same."""
    framework = pending.framework and pending.framework.changed
    return repr([translation.get_language(), framework, *kind.stands_on(pending)])


def packed(found: Any) -> bytes:
    """What was found, for a row that only this site can have written."""
    told = zlib.compress(pickle.dumps(found), level=1)
    return _seal(told) + told


def unpacked(kept: bytes) -> Any:
    """Raises BadSignature."""
    seal, told = kept[:32], kept[32:]
    if not constant_time_compare(seal, _seal(told)):
        raise signing.BadSignature
    return pickle.loads(zlib.decompress(told))  # noqa: S301 - written by `packed`, as its seal says


def _seal(told: bytes) -> bytes:
    return salted_hmac(_SALT, told, algorithm="sha256").digest()
