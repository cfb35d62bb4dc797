"""From records to frames, names, reports and lists: nouns that read, and never write."""

from competencies.queries import leaf_abilities

from .frames import frames_for
from .pages import (
    CourseParts,
    FirstStep,
    HomePage,
    course_parts,
    courses_with_mappings,
    curricula_of,
    curriculum_by_key,
    first_step_of,
    home_page_for,
    mappings_of,
    newest_versions,
    postings_behind,
    requirements_of,
)
from .reports import data_stamp, gap_analysis_for, gap_report_for, names_for, subject_of

__all__ = [
    "CourseParts",
    "FirstStep",
    "HomePage",
    "course_parts",
    "courses_with_mappings",
    "curricula_of",
    "curriculum_by_key",
    "data_stamp",
    "first_step_of",
    "frames_for",
    "gap_analysis_for",
    "gap_report_for",
    "home_page_for",
    "leaf_abilities",
    "mappings_of",
    "names_for",
    "newest_versions",
    "postings_behind",
    "requirements_of",
    "subject_of",
]
