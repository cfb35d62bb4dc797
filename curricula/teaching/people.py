"""Who stands behind a code, for those who may know: the members of a school among themselves."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms

from curricula.models import School, person_name
from curricula.rater_codes import member_code


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return person_name(obj)


class PeopleField(PersonField, forms.ModelMultipleChoiceField):
    """Several of them."""


class Codes:
    """The codes of a school's members and whose they are; a code of anybody else stays one."""

    def __init__(self, school: School) -> None:
        self.school = school

    @cached_property
    def names(self) -> dict[str, str]:
        members = self.school.memberships.select_related("user")
        return {member_code(self.school, member.user): person_name(member.user) for member in members}

    def name(self, code: str) -> str:
        return self.names.get(code, code)

    def of_user(self, user: Any) -> str:
        return "" if user is None else person_name(user)
