"""Where a term stands for something else than what it names: inside a longer name, or as the name of a department."""

from __future__ import annotations

import re

# Longer names that hold a term of some vocabulary and mean another thing; they win as the longest match, and count
# for nothing where the vocabulary does not list them itself.
GUARDS = (
    "amazon web services",
    "amazon aws",
    "amazon ec2",
    "amazon s3",
    "amazon redshift",
    "binary translation",
    "address translation",
    "image processing algorithm",
    "image processing pipeline",
    "power system design",
    "content distribution network",
    "content distribution platform",
    "content delivery network",
    "digital marketing platform",
    "flash memory",
    "flash storage",
)
# 战略合作部 and 国际业务部 are where a person would work, not what they would do.
_DEPARTMENT = re.compile(r"部(?:门)?(?=$|[\s\-—–_/·|,，、。;；:：(（)）\[\]【】])")


def names_a_department(text: str, *, end: int) -> bool:
    """Whether what ends at `end` is the first part of a department's name."""
    return bool(_DEPARTMENT.match(text, end))
