from .account import OPEN_FOR, Invitation, Profile, person_name, time_zones
from .agenda import CellDecision, CellQuestion, Rating
from .assessment_part import AssessmentPart
from .assignment import MAPPING_ROLES, AssignedCourse, Assignment
from .attainment import Attainment
from .cohort import Cohort
from .comment import STORED_MENTION, Comment, CommentNotice
from .committee import LEAST_WEEKS, MOST_WEEKS, CommitteeChoices, SchoolLogo
from .competition import Competition
from .contribution import Contribution
from .course_tie import CourseTie
from .curriculum import COPIED, HOUR_FIELDS, Course, CourseEquivalence, Curriculum, ElectiveGroup
from .evidence import EvidenceDone
from .import_run import ImportRun
from .incentive import Incentive
from .lecturer import Lecturer
from .loop import Action, Decision, Snapshot
from .mapping import Mapping, cells_in
from .outcome import Outcome
from .partnership import Partnership
from .pending import ColumnMemory, PendingImport
from .placement import Placement
from .plan_figures import PlanFigures
from .prerequisite import Prerequisite
from .questionnaire import Questionnaire, QuestionnaireAnswer, QuestionnaireLink
from .record import SchoolRecord, school_records
from .removed import RemovedCourse
from .resource import Resource
from .scenario import Scenario
from .school import Membership, Program, School
from .second_step import SecondStep
from .session import SignedIn
from .sharing import OPENINGS_KEPT, LinkOpening, SharedLink
from .suggestion import SuggestionDecision
from .teacher import Teacher
from .training_rules import TrainingRules
from .visit import VISIT_LASTS, StaffVisit
from .work import Work

__all__ = [
    "COPIED",
    "HOUR_FIELDS",
    "LEAST_WEEKS",
    "MAPPING_ROLES",
    "MOST_WEEKS",
    "OPENINGS_KEPT",
    "OPEN_FOR",
    "STORED_MENTION",
    "VISIT_LASTS",
    "Action",
    "AssessmentPart",
    "AssignedCourse",
    "Assignment",
    "Attainment",
    "CellDecision",
    "CellQuestion",
    "Cohort",
    "ColumnMemory",
    "Comment",
    "CommentNotice",
    "CommitteeChoices",
    "Competition",
    "Contribution",
    "Course",
    "CourseEquivalence",
    "CourseTie",
    "Curriculum",
    "Decision",
    "ElectiveGroup",
    "EvidenceDone",
    "ImportRun",
    "Incentive",
    "Invitation",
    "Lecturer",
    "LinkOpening",
    "Mapping",
    "Membership",
    "Outcome",
    "Partnership",
    "PendingImport",
    "Placement",
    "PlanFigures",
    "Prerequisite",
    "Profile",
    "Program",
    "Questionnaire",
    "QuestionnaireAnswer",
    "QuestionnaireLink",
    "Rating",
    "RemovedCourse",
    "Resource",
    "Scenario",
    "School",
    "SchoolLogo",
    "SchoolRecord",
    "SecondStep",
    "SharedLink",
    "SignedIn",
    "Snapshot",
    "StaffVisit",
    "SuggestionDecision",
    "Teacher",
    "TrainingRules",
    "Work",
    "cells_in",
    "person_name",
    "school_records",
    "time_zones",
]
