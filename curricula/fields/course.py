"""A course: its fields in the order of our own files and of the form.

How schools write hours, credits, terms and titles is read with more than a column's name in `interchange`; every
other field is read, checked, written and shown as it is declared here.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from curricula.limits import MOST_CREDITS, MOST_HOURS, MOST_TERM

from .declaration import FILES, RECORDED, Field, Place, RecordKind
from .values import NameList, Number, Text, Truth

MODES: Final = ("theory", "demonstration", "simulation", "operation", "assessment")
_HOURS: Final = Number(MOST_HOURS)
_TERM: Final = Number(MOST_TERM, least=1, whole=True)
_LISTED: Final = RECORDED | Place.LIST  # as a column that a reader may choose
_HEADED: Final = RECORDED & ~Place.PAGE  # in the heading of the page, or beside the facts

COURSE: Final = RecordKind(
    name="course",
    label=_("course"),
    plural=_("courses"),
    key=("code",),
    fields=(
        Field(
            "code",
            _("code"),
            "Course Code",
            """课程代码 课程编码 课程编号 课程号 课程代号 课号 代码 编码 课程识别码 课程序列号 coursecode code
            courseid courseno coursenumber modulecode unitcode papercode classcode coursecodes subjectno""",
            places=_HEADED,
            required=True,
        ),
        Field(
            "title_en",
            _("title in English"),
            "Title (English)",
            """课程英文名称 英文名称 课程名称英文 课程名称(英文) 英文课程名 英文课程名称 课程英文名 英文名 英文译名
            title(english) englishtitle coursetitle(english) coursename(english) titleen titleenglish
            englishname""",
            places=_HEADED,
        ),
        Field(
            "title_zh",
            _("title in Chinese"),
            "Title (Chinese)",
            """课程中文名称 中文名称 课程名称中文 课程名称(中文) 中文课程名 中文课程名称 课程中文名 中文名
            title(chinese) chinesetitle coursetitle(chinese) coursename(chinese) titlezh titlechinese
            chinesename""",
            places=_HEADED,
        ),
        Field(
            "description",
            _("description"),
            "Description",
            """课程简介 课程描述 课程内容 内容简介 主要内容 课程介绍 简介 教学内容 主要教学内容 课程说明
            description coursedescription summary catalogdescription syllabus content contents coursecontent""",
            Text(lines=3),
            _HEADED,
        ),
        Field(
            "credits",
            _("credits"),
            "Credits",
            """学分 总学分 课程学分 学分数 学分值 学分小计 计划学分 credits credit credithours credithour
            creditpoints creditunits creditpoint credithrs cr crs ects ectscredits ectspoints units
            semesterhours semhrs crhrs semesterhrs cp crs minunits minimumunits credithrlow credithoursunits
            totalcredits numberofcredits creditvalue""",
            Number(MOST_CREDITS),
            missed=True,
        ),
        Field(
            "credits_max",
            _("credits at most"),
            "Maximum Credits",
            "maximumcredits maxunits maximumunits credithrhigh 最高学分 学分上限",
            Number(),
            places=FILES,
        ),
        Field(
            "term",
            _("term"),
            "Term",
            """开设学期 开课学期 建议修读学期 修读学期 学期 建议学期 开课时间 授课学期 推荐学期 推荐修读学期
            学年学期 修读时间 开设时间 开设学年学期 建议修读时间 执行学期 教学学期 上课学期 开课学年学期
            建议开课学期 修读学年学期 term sem semester termoffered semesteroffered recommendedterm
            recommendedsemester terms semesters quarter plannedterm studyterm termnumber semesternumber
            semesterno session""",
            _TERM,
            missed=True,
        ),
        Field("term_last", _("last term"), value=_TERM),
        Field(
            "total_hours",
            _("total hours"),
            "Total Hours",
            """总学时 学时 课内总学时 总学时数 学时数 课内学时 计划学时 课时 总课时 学时总计 学时合计 学时总数
            总学时/周数 总时数 教学时数 学时(周)数 学时/周 学时/周数 学时或周数 总计学时 hours totalhours
            contacthours classhours totalcontacthours teachinghours hourstotal coursehours totalclasshours
            totalhrs hrs totalteachinghours instructionhours""",
            Number(),
            missed=True,
        ),
        Field("theory", _("theory"), "Theory Hours", "理论学时", value=_HOURS, missed=True),
        Field("demonstration", _("demonstration"), "Demonstration Hours", "演示学时", value=_HOURS, missed=True),
        Field("simulation", _("simulation"), "Simulation Hours", "仿真学时", value=_HOURS, missed=True),
        Field("operation", _("operation"), "Operation Hours", "实操学时", value=_HOURS, missed=True),
        Field(
            "assessment",
            _("assessment"),
            "Assessment Hours",
            "考核学时",
            value=_HOURS,
            column="assessment_hours",
            missed=True,
        ),
        Field(
            "experiment_hours",
            _("experiment"),
            "Experiment Hours (part of Simulation)",
            "experimenthours(partofsimulation) experimentpart 其中实验学时",
            Number(),
            FILES | Place.PAGE,
            column="experiment_part",
        ),
        Field("hours_assumed", _("hours made from weeks"), "Hours Assumed", "hoursassumed 学时推定", Truth(), FILES),
        Field(
            "module",
            _("module"),
            "Module",
            """课程模块 课程平台 模块 平台 模块名称 课程体系 课程板块 板块 知识领域 课程分类 课程群 课程组 知识模块
            平台/模块 模块/平台 课程大类 课程子类 所属模块 课程结构 课程类别/模块 课程归属 module coursegroup
            group knowledgearea platform block area coursemodule component cluster track stream""",
            places=RECORDED | Place.REPORT,
        ),
        Field(
            "course_type",
            _("type"),
            "Course Type",
            """课程类别 课程类型 类别 类型 课程属性 课程种类 课程类 属性 type coursetype category coursecategory
            kind""",
            places=_LISTED,
        ),
        Field(
            "required",
            _("required"),
            "Required",
            """课程性质 修读性质 修读方式 性质 修读类型 选必修 必修/选修 必修选修 必选修 修习性质 修习方式 修课要求
            修读要求 必修或选修 修别 修习类型 选课性质 课程修读性质 required compulsory core/elective m/o c/e r/e
            required/elective compulsory/elective requirement mandatory status elective/required coreorelective
            requiredorelective elective/core coursestatus coursenature nature requiredcourse""",
            Truth(),
            column="nature",
            places=_LISTED,
        ),
        Field(
            "department",
            _("department"),
            "Department",
            """开课单位 开课学院 开课部门 开课院系 承担单位 授课单位 授课学院 学院 开课系 教学单位 开课教研室
            开课院部 开课院(系) 开课院、系 承担学院 承担院系 责任单位 department school offeringunit faculty
            college offeredby dept offeringdepartment teachingunit""",
            places=_LISTED,
        ),
        Field(
            "examination",
            _("examination"),
            "Assessment Method",
            """考核方式 考试方式 考核类型 考核形式 考核方法 考试类型 考查方式 考试形式 考试/考查 考试考查 考核性质
            assessmentmethod assessmentmethods examtype evaluation methodofassessment assessmenttype
            formofassessment formofexam evaluationmethod exammethod examinationtype grading""",
            column="assessment",
            places=_LISTED,
        ),
        Field(
            "language_of_instruction",
            _("language of instruction"),
            "Language of Instruction",
            """授课语言 教学语言 授课语种 授课用语 语言 语种 languageofinstruction teachinglanguage instructionlanguage
            mediumofinstruction language""",
            places=_LISTED | Place.REPORT,
        ),
        Field(
            "lecturers",
            _("lecturers"),
            "Lecturers",
            """主讲教师 任课教师 授课教师 主讲人 主讲 教师 教师工号 任课教师工号 主讲教师工号 lecturer lecturers
            instructor instructors tutor tutors teacher teachers taughtby""",
            NameList(),
            _LISTED,
            person=True,
        ),
        Field(
            "note",
            _("note"),
            "Note",
            "备注 说明 注 备考 remarks remark notes note comment comments",
            Text(lines=2),
            _HEADED,
        ),
    ),
)
