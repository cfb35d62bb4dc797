from .account import OPEN_FOR, Invitation, Profile, person_name, time_zones
from .curriculum import COPIED, HOUR_FIELDS, Course, CourseEquivalence, Curriculum, ElectiveGroup, Prerequisite
from .evidence import EvidenceDone
from .import_run import ImportRun
from .loop import Action, Decision, Snapshot
from .mapping import Mapping, cells_in
from .partnership import Partnership
from .pending import ColumnMemory, PendingImport
from .record import SchoolRecord, school_records
from .removed import RemovedCourse
from .scenario import Scenario
from .school import Membership, Program, School
from .second_step import SecondStep
from .session import SignedIn
from .suggestion import SuggestionDecision

__all__ = [
    "COPIED",
    "HOUR_FIELDS",
    "OPEN_FOR",
    "Action",
    "ColumnMemory",
    "Course",
    "CourseEquivalence",
    "Curriculum",
    "Decision",
    "ElectiveGroup",
    "EvidenceDone",
    "ImportRun",
    "Invitation",
    "Mapping",
    "Membership",
    "Partnership",
    "PendingImport",
    "Prerequisite",
    "Profile",
    "Program",
    "RemovedCourse",
    "Scenario",
    "School",
    "SchoolRecord",
    "SecondStep",
    "SignedIn",
    "Snapshot",
    "SuggestionDecision",
    "cells_in",
    "person_name",
    "school_records",
    "time_zones",
]
