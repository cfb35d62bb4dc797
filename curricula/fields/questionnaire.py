"""The stakeholder questionnaire 利益相关者问卷: what it asks, of whom, how sites write it (paper 000 §III)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .values import Choice, Words


@dataclass(frozen=True)
class Question:
    """`words` are parts of headers and of ticked options by which a file's column is known, without spaces."""

    code: str
    text: Words  # as a person answers it
    label: Words  # in a table
    words: str
    cited: bool = False  # named by the paper among the three problems of its "more than 60 %"


COOPERATION: Final = "cooperation"
QUESTIONS: Final = (
    Question(
        COOPERATION,
        _("Should schools and enterprises train together, rather than each alone?"),
        _("Schools and enterprises should train together"),
        "校企合作 校企联合 校企共同 schoolenterprise trainedtogether traintogether",
    ),
    Question(
        "content",
        _("Is the content of the training incomplete?"),
        _("Content incomplete"),
        "内容不完整 内容不全 内容不完善 incompletecontent contentincomplete contentofthetraining",
        cited=True,
    ),
    Question(
        "investment",
        _("Is too little invested in the training?"),
        _("Too little investment"),
        "投入不足 投入不够 投入少 insufficientinvestment toolittleinvest",
        cited=True,
    ),
    Question(
        "settings",
        _("Are courses and training set up unreasonably?"),
        _("Unreasonable settings"),
        "设置不合理 安排不合理 unreasonable",
        cited=True,
    ),
    Question(
        "theory_practice",
        _("Are theory and practice disconnected?"),
        _("Theory apart from practice"),
        "理论与实践脱节 理论实践脱节 实践脱节 disconnected theoryapart",
    ),
    Question(
        "narrow", _("Is the knowledge too narrow?"), _("Knowledge too narrow"), "知识面窄 知识面过窄 知识窄 toonarrow"
    ),
    Question(
        "innovation",
        _("Is there too little innovation?"),
        _("Too little innovation"),
        "创新不足 创新不够 缺乏创新 innovation",
    ),
    Question(
        "teacher_quality",
        _("Do teachers lack what they should teach?"),
        _("Teachers not qualified enough"),
        "师资水平 教师水平 师资质量 师资力量弱 teacherslack qualityofteachers teachersnotqualified",
    ),
    Question(
        "teacher_numbers",
        _("Are there too few teachers?"),
        _("Too few teachers"),
        "师资投入不足 师资投入 师资不足 教师不足 师资数量 toofewteachers investmentofteachers",
    ),
    Question(
        "equipment",
        _("Are software and hardware insufficient?"),
        _("Too little software and hardware"),
        "软硬件投入不足 软硬件投入 软硬件 设备不足 软件硬件 hardware",
    ),
    Question(
        "time_place",
        _("Do time and place of the training not fit?"),
        _("Time and place do not fit"),
        "时间和地点 时间地点 时间场地 时间、地点 timeandplace",
    ),
)
BY_CODE: Final[Mapping[str, Question]] = {question.code: question for question in QUESTIONS}
CITED: Final = tuple(question.code for question in QUESTIONS if question.cited)
PROBLEMS: Final = tuple(question.code for question in QUESTIONS if question.code != COOPERATION)

ANSWERS: Final = Choice(
    {
        "yes": (_("yes"), "是 有 同意 非常同意 比较同意 应该 需要 赞成 选中 √ ✓ y true 1"),
        "no": (_("no"), "否 无 没有 不同意 非常不同意 比较不同意 不应该 不需要 反对 未选中 × n false 0"),
        "unsure": (_("cannot say"), "不清楚 不确定 说不清 不了解 一般 中立 无法判断 unsure dontknow neutral"),
    }
)
AUDIENCES: Final = Choice(
    {
        "student": (_("current students"), "学生 在校生 在读学生 student"),
        "graduate": (pgettext_lazy("people", "graduates"), "毕业生 校友 graduate alumni"),
        "teacher": (_("teachers"), "教师 老师 teacher faculty"),
        "enterprise": (_("enterprises"), "企业 用人单位 公司 企业人员 enterprise employer company"),
        "industry": (_("industry bodies"), "行业 行业协会 industry"),
        "government": (_("government"), "政府 主管部门 government"),
        "society": (_("society"), "社会 家长 培训机构 society parent"),
    }
)
# What a survey site adds to answers and who is asked did not write; none of it is read.
MACHINE_WORDS: Final = "来自ip ip ip地址 ipaddress 来源详情 浏览器 设备 useragent 地理位置 省份城市"
PERSON_WORDS: Final = "姓名 您的姓名 name 手机 手机号 电话 联系电话 邮箱 email 微信 学号 工号"
PAPER_WANTS: Final = 0.6786  # 000 §III: "67.86% of the respondents", without a sample size
PAPER_PROBLEMS: Final = 0.60  # 000 §III: "more than 60%", one figure for the problems together
