"""Who rated is a code in what is stored and exported: a name or an address becomes one, the same in one school."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from curricula.fields.person_codes import hashed
from curricula.models import School

# Short words that schools number, and what is made here; of letters alone only one, because two may be initials.
_CODE: Final = re.compile(
    r"""\A(?: [A-Za-z]
          | (?: [A-Za-z]{1,2} | rater | reviewer | assessor | coder | expert | teacher | lecturer | staff | faculty )
            [-_.]?\d{1,4}[A-Za-z]?
          | \d{1,4}
          | (?: 评价人 | 评定人 | 评分人 | 专家 | 教师 )\d{1,4}
          | r-[a-z2-7]{8} )\Z""",
    re.VERBOSE | re.IGNORECASE,
)


def is_rater_code(typed: str) -> bool:
    """Whether it says of nobody who they are."""
    return _CODE.match(typed) is not None


def rater_code(school: School, typed: str) -> str:
    """The rater as stored: what looks like a code stays, of anything else the school's own keyed hash; "" is nobody.

    Only who knows the school's salt and guesses the name can tell whose code it is.
    """
    name = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not name or is_rater_code(name):
        return name
    return f"r-{hashed(name, school.person_salt)}"


def member_code(school: School, user: Any) -> str:
    """Under which a member rates: of the account and not of its name, which may change or look like a code."""
    return f"r-{hashed(f'member {user.pk}', school.person_salt)}"
