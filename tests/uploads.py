"""Files that people might upload, made in memory."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.curricula.interchange.builders import archive

PLAN = """Course Code,Course Title,Credits,Term,Theory Hours,Operation Hours,Prerequisites
S101,Search basics,3,1,32,16,
S102,Live selling,2,2,8,24,S101
"""
MAPPED = """course,ability,level,share
S101,MK.1,D,0.5
S102,MK.2,A,1
"""
POSTINGS = """职位名称,职位描述,公司名称,城市,发布时间
搜索专员,负责搜索广告投放,甲公司,北京,2026-08-01
搜索专员,负责搜索广告投放,甲公司,北京,2026-08-01
主播,直播销售,乙公司,杭州,
"""


def upload(content: str | bytes, name: str = "plan.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def zipped(**tables: str) -> bytes:
    return archive({f"{name}.csv": text for name, text in tables.items()})
