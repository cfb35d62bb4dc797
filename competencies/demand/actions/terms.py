"""Terms that come and go: each change is kept, and begins a new version where postings knew the old one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from competencies.matching.folding import fold, is_han
from competencies.models import Ability, AbilityTerm, Framework, OwnTerm, Posting, VocabularyChange

LONGEST_TERM = AbilityTerm._meta.get_field("text").max_length or 0


class TermRefused(ValueError):
    """A term cannot be looked for; the message says why."""


@dataclass(frozen=True)
class TermChange:
    kind: str
    ability_code: str
    text: str
    language: str


@transaction.atomic
def add_term(ability: Ability, text: str, *, user: Any = None) -> AbilityTerm:
    """Lets texts be searched for one more term of an ability. Raises TermRefused."""
    plain = " ".join(text.split())
    language = _language(plain)
    held = _held(ability.framework)
    _check(ability, plain)
    term = AbilityTerm.objects.create(ability=ability, text=plain, language=language)
    _begin(held, TermChange(VocabularyChange.Kind.ADDED, ability.code, plain, language), user=user)
    ability.framework.vocabulary_version = held.vocabulary_version
    return term


@transaction.atomic
def withdraw_term(term: AbilityTerm, *, user: Any = None) -> None:
    """Lets texts be searched for a term no longer; what it was found by stays until they are searched again."""
    change = TermChange(VocabularyChange.Kind.WITHDRAWN, term.ability.code, term.text, term.language)
    held = _held(term.ability.framework)
    gone, _by_model = AbilityTerm.objects.filter(pk=term.pk).delete()
    if gone:  # nobody else withdrew it meanwhile
        _begin(held, change, user=user)
    term.ability.framework.vocabulary_version = held.vocabulary_version


@transaction.atomic
def add_own_term(ability: Ability, text: str, *, owner: Any) -> OwnTerm:
    """Lets the plans of one school count one more word for an ability. Raises TermRefused."""
    plain = " ".join(text.split())
    _held(ability.framework)
    _check(ability, plain, more=OwnTerm.objects.filter(ability=ability, owner=owner))
    return OwnTerm.objects.create(ability=ability, owner=owner, text=plain, language=_language(plain))


@transaction.atomic
def withdraw_own_term(term: OwnTerm) -> None:
    """Lets the plans of its school count a word no longer."""
    term.delete()


def _language(text: str) -> str:
    return "zh" if any(map(is_han, text)) else "en"


def _held(framework: Framework) -> Framework:
    """For one writer at a time, so that a term is not added twice after both looked."""
    return Framework.objects.select_for_update(no_key=True).get(pk=framework.pk)


def _check(ability: Ability, text: str, *, more: Iterable[OwnTerm] = ()) -> None:
    if not any(map(str.isalnum, text)):
        raise TermRefused(_("A term needs a letter or a digit."))
    if len(text) > LONGEST_TERM:
        raise TermRefused(_("A term has at most %(most)s characters.") % {"most": LONGEST_TERM})
    known = [term.text for term in ability.terms.all()] + [term.text for term in more]
    if fold(text) in map(fold, known):
        raise TermRefused(_("“%(term)s” is among the terms of this ability already.") % {"term": text})


def _begin(held: Framework, change: TermChange, *, user: Any) -> None:
    """A new version for the first change after postings were searched; later ones join it until they are again."""
    searched = Posting.objects.filter(source__framework=held, vocabulary_version=held.vocabulary_version)
    begin_vocabulary(held, [change], user=user, raised=searched.exists())


def begin_vocabulary(
    framework: Framework, changes: Iterable[TermChange], *, user: Any = None, raised: bool = True
) -> None:
    """Records changes under the version that they begin."""
    framework.vocabulary_version += raised
    framework.save()
    VocabularyChange.objects.bulk_create(
        VocabularyChange(framework=framework, version=framework.vocabulary_version, user=user, **vars(change))
        for change in changes
    )
