"""The words themselves: what schools write above their columns, one block of words a field, without spaces."""

# each of these also stands with an ending such as 学时 or hours
HOUR_STEMS = {
    "theory": """
    理论 讲授 讲课 授课 课堂讲授 课堂 理论讲授 理论授课 课堂理论 习题 讨论 研讨 习题讨论 theory
    theoretical lecture lectures lect tutorial tutorials seminar seminars discussion recitation
    """,
    "demonstration": """
    演示 示范 课堂演示 演示教学 示教 demonstration demonstrations demo
    """,
    "experiment": """
    实验 课内实验 课程实验 独立实验 experiment experiments experimental lab labs laboratory
    """,
    "simulation": """
    上机 仿真 虚拟仿真 模拟 机房 课内上机 上机实验 实验上机 实验/上机 上机/实验 实验(上机)
    实验、上机 实验及上机 上机实践 simulation simulations computerlab computer computing
    computerpractice
    """,
    "operation": """
    实践 实训 实习 实操 操作 课内实践 课内实训 实践实训 实训实践 实践/实训 实训/实践 实验实践
    实验/实践 实践/实验 实验(实践) 实践(实验) 实验实训 实验/实训 实习实训 实习/实训 课程实践
    集中实践 技能训练 实作 practice practical practicals practicum operation operations training
    fieldwork internship workshop
    """,
    "assessment_hours": """
    考核认证 考核/认证 认证 考试认证 测验
    """,
}

HEADER_WORDS = {
    "sequence": """
    序号 序 # sn s/n serialnumber sequence
    """,
    "code": """
    课程代码 课程编码 课程编号 课程号 课程代号 课号 代码 编码 课程识别码 课程序列号 coursecode code
    courseid courseno coursenumber modulecode unitcode papercode classcode coursecodes subjectno
    """,
    "subject": """
    subject prefix subjectcode deptcode departmentcode subjectarea courseprefix
    """,
    "number": """
    number catalognumber cataloguenumber catalog# num 编号 no
    """,
    "title": """
    课程名称 课程名 科目 科目名称 教学环节 环节名称 实践环节 实践环节名称 实践教学环节 课程/环节名称
    课程名称/环节 课程(环节)名称 课程名称(环节) 课程或环节名称 课程中英文名称 名称 实践教学环节名称
    实践名称 coursetitle coursename title name unittitle moduletitle modulename unitname subjectname
    subjecttitle longtitle classname coursetitles nameofcourse titleofcourse papertitle
    """,
    "course": """
    课程 course courses module/course
    """,
    "title_zh": """
    课程中文名称 中文名称 课程名称中文 课程名称(中文) 中文课程名 中文课程名称 课程中文名 中文名
    title(chinese) chinesetitle coursetitle(chinese) coursename(chinese) titlezh titlechinese
    chinesename
    """,
    "title_en": """
    课程英文名称 英文名称 课程名称英文 课程名称(英文) 英文课程名 英文课程名称 课程英文名 英文名
    英文译名 title(english) englishtitle coursetitle(english) coursename(english) titleen
    titleenglish englishname
    """,
    "description": """
    课程简介 课程描述 课程内容 内容简介 主要内容 课程介绍 简介 教学内容 主要教学内容 课程说明
    description coursedescription summary catalogdescription syllabus content contents coursecontent
    """,
    "credits": """
    学分 总学分 课程学分 学分数 学分值 学分小计 计划学分 credits credit credithours credithour
    creditpoints creditunits creditpoint credithrs cr crs ects ectscredits ectspoints units
    semesterhours credithoursunits totalcredits numberofcredits creditvalue
    """,
    "credits_max": """
    maximumcredits 最高学分
    """,
    "total_hours": """
    学时 总学时 课内总学时 总学时数 学时数 课内学时 计划学时 课时 总课时 学时总计 学时合计 学时总数
    总学时/周数 总时数 教学时数 学时(周)数 学时/周 学时/周数 学时或周数 总计学时 hours totalhours
    contacthours classhours totalcontacthours teachinghours hourstotal coursehours totalclasshours
    totalhrs hrs totalteachinghours instructionhours
    """,
    "assessment_hours": """
    考核学时 考试学时 assessmenthours examhours examinationhours certificationhours testinghours
    """,
    "assessment_any": """
    考核 考试 assessment examination exam certification
    """,
    "experiment_part": """
    experimenthours(partofsimulation) experimentpart 其中实验学时
    """,
    "weeks": """
    周数 实践周数 实习周数 实训周数 学时(周) 周 weeks week numberofweeks practiceweeks 总周数
    实践(周) 实践教学周数 教学周数 课程周数
    """,
    "weekly_hours": """
    周学时 每周学时 周课时 周学时数 平均周学时 hoursperweek weeklyhours hours/week classhoursperweek
    """,
    "hours_assumed": """
    hoursassumed
    """,
    "term": """
    开设学期 开课学期 建议修读学期 修读学期 学期 建议学期 开课时间 授课学期 推荐学期 推荐修读学期
    学年学期 修读时间 开设时间 开设学年学期 建议修读时间 执行学期 教学学期 上课学期 开课学年学期
    建议开课学期 修读学年学期 term semester termoffered semesteroffered recommendedterm
    recommendedsemester terms semesters quarter plannedterm studyterm termnumber semesternumber
    semesterno session
    """,
    "year": """
    学年 年级 开课学年 修读年级 yearofstudy studyyear year yearlevel
    """,
    "module": """
    课程模块 课程平台 模块 平台 模块名称 课程体系 课程板块 板块 知识领域 课程分类 课程群 课程组
    知识模块 平台/模块 模块/平台 课程大类 课程子类 所属模块 课程结构 课程类别/模块 课程归属 module
    coursegroup group knowledgearea platform block area coursemodule component cluster track stream
    """,
    "course_type": """
    课程类别 课程类型 类别 类型 课程属性 课程种类 课程类 属性 type coursetype category
    coursecategory kind
    """,
    "nature": """
    课程性质 修读性质 修读方式 性质 修读类型 选必修 必修/选修 必修选修 必选修 修习性质 修习方式
    修课要求 修读要求 必修或选修 修习类型 选课性质 课程修读性质 required compulsory core/elective
    required/elective compulsory/elective requirement mandatory status elective/required
    coreorelective requiredorelective elective/core coursestatus coursenature nature requiredcourse
    """,
    "department": """
    开课单位 开课学院 开课部门 开课院系 承担单位 授课单位 授课学院 学院 开课系 教学单位 开课教研室
    开课院部 开课院(系) 开课院、系 承担学院 承担院系 责任单位 department school offeringunit faculty
    college offeredby dept offeringdepartment teachingunit
    """,
    "assessment": """
    考核方式 考试方式 考核类型 考核形式 考核方法 考试类型 考查方式 考试形式 考试/考查 考试考查
    考核性质 assessmentmethod assessmentmethods examtype evaluation methodofassessment
    assessmenttype evaluationmethod exammethod examinationtype grading
    """,
    "note": """
    备注 说明 注 备考 remarks remark notes note comment comments
    """,
    "pre": """
    先修课程 先修课 前置课程 先修要求 前修课程 先修课程代码 先修课程名称 先修课程编码 先修课程编号
    预修课程 先行课 先行课程 前导课程 先修 前续课程 先修课程要求 prerequisite prerequisites prereq
    prereqs requisites requisities prerequisitecourses prerequisitecourse prerequisite(s)
    prerequisitecodes
    """,
    "co": """
    并修课程 同修课程 并修课 同修课 corequisite corequisites corequisite(s) coreq coreqs
    """,
    "strict-co": """
    strictcorequisites strictcorequisite
    """,
    "ability": """
    能力 能力代码 能力编号 能力编码 能力名称 毕业要求 指标点 能力点 毕业要求指标点 毕业要求编号
    指标点编号 能力指标 支撑的毕业要求 对应毕业要求 支撑毕业要求 对应能力 培养能力 ability
    abilitycode abilitytitle abilityname competency competence competencycode outcome
    learningoutcome skill plo plocode programoutcome programlearningoutcome outcomecode abilities
    competencies learningoutcomes skills
    """,
    "level": """
    等级 水平 程度 支撑强度 支撑度 支撑程度 层次 掌握程度 能力等级 掌握水平 关联度 level
    masterylevel proficiency strength coveragelevel
    """,
    "share": """
    权重 占比 比例 份额 支撑权重 权重值 share weight weighting percent percentage proportion
    """,
    "evidence": """
    依据 证据 支撑材料 支撑依据 佐证 evidence source proof justification
    """,
    "rater": """
    评价人 评定人 标注人 填写人 评分人 rater reviewer ratedby coder mappedby
    """,
    "ignored": """
    起止周 选课人数 人数 容量 核心课程 是否核心课程 核心课 学位课 学位课程 是否学位课 双语 双语授课
    授课语言 线上学时 课外学时 课外 自主学习学时 自学学时 教材 主讲教师 任课教师 教师 负责人
    课程负责人 合班 班级 专业 sectioninfo degreeattributes scheduleinformation yearterm institution
    canonicalname instructor capacity textbook selfstudyhours url link id programnames programs
    programname programcode program college/school 语言 language
    """,
}
