"""What schools write above columns that take more than a name to read, one block of words each, without spaces.

The words of the other columns of a course stand with its fields, in `curricula.fields.course`.
"""

# each of these also stands with an ending such as 学时 or hours
HOUR_STEMS = {
    "theory": """
    理论 讲授 讲课 授课 课堂讲授 课堂 理论讲授 理论授课 课堂理论 习题 讨论 研讨 习题讨论 theory
    theoretical lecture lectures lect lec tut cm td tutorial tutorials seminar seminars discussion recitation
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
    集中实践 技能训练 实作 prac pract practice practical practicals practicum operation operations training
    fieldwork internship internships workshop workshops project projects projectwork studio studios
    clinic clinical clinicals placement placements practica rehearsal atelier fieldpractice tp
    项目 项目实践 项目实训 工作坊 校外实践 企业实践 岗位实习 课程设计
    """,
    "assessment_hours": """
    考核认证 考核/认证 认证 考试认证 测验
    """,
}

HEADER_WORDS = {
    "sequence": """
    序号 序 # sn s/n serialnumber sequence
    """,
    "subject": """
    subject prefix subjectcode subjcode dept deptcode departmentcode deptno subjectarea courseprefix
    开课单位代码 院系代码
    学院代码 部门代码 单位代码
    """,
    "number": """
    number catalognbr crsenumb coursenbr catalognumber cataloguenumber catalog# num 编号 no
    """,
    "title": """
    课程名称 课程名 科目 科目名称 教学环节 环节名称 实践环节 实践环节名称 实践教学环节 课程/环节名称
    课程名称/环节 课程(环节)名称 课程名称(环节) 课程或环节名称 课程中英文名称 名称 实践教学环节名称
    实践名称 coursetitle coursename title name unittitle moduletitle modulename unitname subjectname
    subjecttitle longtitle classname coursetitles nameofcourse titleofcourse courseunit longcoursetitle descr
    crsetitle papertitle
    """,
    "course": """
    课程 支撑课程 支撑课程名称 对应课程 course courses module/course supportingcourse
    """,
    "assessment_hours": """
    考核学时 考试学时 assessmenthours examhours examinationhours certificationhours testinghours
    """,
    "assessment_any": """
    考核 考试 assessment examination exam certification
    """,
    "weeks": """
    周数 实践周数 实习周数 实训周数 学时(周) 周 weeks week numberofweeks practiceweeks 总周数
    实践(周) 实践教学周数 教学周数 课程周数
    """,
    "weekly_hours": """
    周学时 每周学时 周课时 周学时数 平均周学时 hoursperweek weeklyhours hours/week classhoursperweek
    """,
    "section": """
    section sectionno sectionnumber sectionid sec 教学班 教学班号 教学班编号 教学班名称 课序号 教学班级
    """,
    "cross_listed": """
    crosslisted crosslistedas crosslistedwith crosslisting crosslistings crosslist crosslistedcourse
    crosslistedcourses crosslistcode crosslistedcode 交叉列课
    """,
    "year": """
    学年 年级 开课学年 修读年级 yearofstudy studyyear year yearlevel
    """,
    "pre": """
    先修课程 先修课 前置课程 先修要求 前修课程 先修课程代码 先修课程名称 先修课程编码 先修课程编号
    预修课程 先行课 先行课程 前导课程 先修 前续课程 先修课程要求 prerequisite prerequisites prereq
    prereqs requisites requisities requiredpreparation prerequisitecourses prerequisitecourse prerequisite(s)
    prerequisitecodes
    """,
    "co": """
    并修课程 同修课程 并修课 同修课 corequisite corequisites corequisite(s) coreq coreqs concurrentenrollment
    concurrentcourses concurrentcourse
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
    层级 等级 水平 程度 支撑强度 支撑度 支撑程度 层次 掌握程度 能力等级 掌握水平 关联度 level
    masterylevel proficiency strength coveragelevel i/d/a i/r/m i/d/m h/m/l contribution 贡献度
    支撑关系
    """,
    "share": """
    权重 占比 课程占比 比例 份额 支撑权重 权重值 share weight weighting percent percentage proportion
    """,
    "strength": """
    supportstrength 支撑强度(h/m/l)
    """,
    "ability_weight": """
    weightinability weightinoutcome weightofoutcome 指标点权重 在能力中的权重 在该能力中的权重
    """,
    "provenance": """
    knownfrom provenance 依据来源 认定依据 依据类型 证据类型 证据等级
    """,
    "evidence": """
    依据 证据 支撑材料 支撑依据 佐证 evidence source proof justification
    """,
    "rater": """
    评价人 评定人 标注人 填写人 评分人 rater reviewer ratedby coder mappedby
    """,
    "program": """
    专业 专业名称
    award qualification 适用专业 面向专业 开课专业 所属专业 培养方案 培养方案名称 program programname programcode
    programme
    programmename programmecode major majorname degreeprogram degreeprogramme
    """,
    "ignored": """
    起止周 选课人数 人数 容量 核心课程 是否核心课程 核心课 学位课 学位课程 是否学位课 双语 双语授课
    线上学时 课外学时 课外 自主学习学时 自学学时 教材 负责人
    课程负责人 合班 班级 sectioninfo degreeattributes scheduleinformation yearterm institution
    canonicalname capacity textbook selfstudyhours url link id programnames programs college/school
    """,
}
