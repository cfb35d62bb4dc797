"""What a person writes into a framework; each save is whole or not at all, and moves the framework's change date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Max, Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.demand.actions.terms import add_term, withdraw_term
from competencies.frameworks.actions import save_framework
from competencies.frameworks.codes import code_from
from competencies.frameworks.stored import stored_framework
from competencies.models import (
    Ability,
    AbilityTerm,
    Certification,
    CertificationCourse,
    Framework,
    OwnTerm,
    Position,
    ReferenceCourse,
    Requirement,
    VocabularyChange,
)
from competencies.saving.bulk import kinds_referring
from competencies.tabular.plain_text import language_of

_PARTS: dict[type[Model], Collection[type[Model]]] = {
    Ability: (AbilityTerm, OwnTerm),
    Position: (Requirement,),
    Certification: (CertificationCourse,),
    Framework: (VocabularyChange,),
}


class InUse(ValueError):
    """Something refers to the record, so it stays; the message says what."""


class WrongStep(ValueError):
    """The status does not follow from the present one; the message says so."""


# What was published once is not taken back, because plans of others may be on it.
STEPS: Final[dict[str, tuple[str, ...]]] = {
    Framework.Status.DRAFT: (Framework.Status.PUBLISHED,),
    Framework.Status.PUBLISHED: (Framework.Status.ARCHIVED,),
    Framework.Status.ARCHIVED: (Framework.Status.PUBLISHED,),
}

STEP_NAMES: Final[dict[str, Any]] = {
    Framework.Status.PUBLISHED: gettext_lazy("Publish to all"),
    Framework.Status.ARCHIVED: gettext_lazy("Archive"),
}


class NamedCourse(NamedTuple):
    """A course that a certificate names."""

    title: str
    direction: str
    abilities: Sequence[Ability]


def touch(framework: Framework) -> None:
    framework.save(update_fields=["changed"])


@transaction.atomic
def start_framework(framework: Framework, *, source: Framework | None = None) -> Framework:
    """A new framework, empty or with all that another one holds."""
    framework.sources, framework.outside = (source.sources, source.outside) if source else ([], {})
    framework.save()
    if source is not None:
        head = stored_framework(framework).framework
        save_framework(stored_framework(source).model_copy(update={"framework": head}), owner=framework.owner)
    return framework


@transaction.atomic
def take_step(framework: Framework, status: str) -> None:
    """Publish or archive. Raises WrongStep."""
    held = Framework.objects.select_for_update(no_key=True).get(pk=framework.pk)
    if status not in STEPS[held.status]:
        raise WrongStep(_("The framework is %(status)s.") % {"status": held.get_status_display()})
    held.status = framework.status = status
    held.save(update_fields=["status", "changed"])


@transaction.atomic
def save_ability(ability: Ability, *, terms: Sequence[str], user: Any) -> None:
    """The ability with these search words and no others. Raises TermRefused."""
    _save_in_order(ability)
    stored = {term.text: term for term in ability.terms.all()}
    for text in stored.keys() - set(terms):
        withdraw_term(stored[text], user=user)
    for text in terms:
        if text not in stored:
            add_term(ability, text, user=user)


@transaction.atomic
def save_position(
    position: Position,
    *,
    words: Sequence[str],
    occupations: Sequence[str],
    changed: Iterable[Requirement],
    removed: Iterable[Requirement],
) -> None:
    """The position with its requirements; new ones are numbered on from the last."""
    former = {term["text"]: term for term in position.title_terms}
    position.title_terms = [former.get(text, {"text": text, "language": language_of(text)}) for text in words]
    position.occupation_codes = list(occupations)
    _save_in_order(position)
    for requirement in removed:
        requirement.delete()
    last = position.requirements.aggregate(last=Max("item"))["last"] or 0
    for requirement in changed:
        if requirement.pk is None:
            requirement.position, requirement.item, last = position, last + 1, last + 1
        requirement.save()


@transaction.atomic
def save_certificate(certificate: Certification, courses: Iterable[NamedCourse]) -> None:
    """The certificate with the courses that it names and no others; a course is known by its title."""
    _save_in_order(certificate)
    kept = [_name_course(certificate, course) for course in courses]
    certificate.courses.exclude(pk__in=kept).delete()


def _name_course(certificate: Certification, named: NamedCourse) -> int:
    courses = ReferenceCourse.objects.filter(framework=certificate.framework)
    code = code_from(named.title)
    course = courses.filter(Q(title_en=named.title) | Q(title_zh=named.title) | Q(code=code)).first()
    if course is None:
        titles = {f"title_{language_of(named.title)}": named.title}
        course = ReferenceCourse(framework=certificate.framework, code=code, **titles)
        _save_in_order(course)
    course.abilities.set(named.abilities)
    link, _new = CertificationCourse.objects.get_or_create(
        certification=certificate, course=course, direction=named.direction
    )
    return link.pk


def _save_in_order(record: Any) -> None:
    """A new record comes last."""
    if record.pk is None:
        last = type(record).objects.filter(framework=record.framework).aggregate(last=Max("order"))["last"]
        record.order = 0 if last is None else last + 1
    record.save()
    touch(record.framework)


@transaction.atomic
def remove(record: Any) -> None:
    """Raises InUse."""
    if kinds := kinds_referring(record, except_by=_PARTS[type(record)]):
        named = ", ".join(str(kind._meta.verbose_name_plural) for kind in kinds)
        raise InUse(_("“%(record)s” is in use, so it stays: %(kinds)s.") % {"record": record, "kinds": named})
    record.delete()
    if not isinstance(record, Framework):
        touch(record.framework)
