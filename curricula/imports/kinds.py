"""Every kind of file that comes in; whoever adds one adds it here."""

from __future__ import annotations

from typing import Final

from curricula.models import school_records

from .answer_files import AnswersFile
from .curriculum_files import CurriculumFile
from .demand_files import FiguresFile, PostingsFile, SurveyFile
from .flow import ImportKind
from .framework_files import FrameworkFile
from .record_files import RecordFile
from .record_workbook import RecordWorkbook

_RECORDS: Final = tuple(RecordFile(model) for model in school_records().values())
_ALL: Final[tuple[ImportKind, ...]] = (
    *(CurriculumFile(), FrameworkFile(), PostingsFile(), SurveyFile(), FiguresFile(), AnswersFile()),
    *_RECORDS,
    RecordWorkbook(),
)
KINDS: Final = {kind.code: kind for kind in _ALL}
USUAL: Final = _ALL[0]  # where an address names none
