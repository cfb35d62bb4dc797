"""Mail to whom something is asked; at most one a day for each person, and only of what is open."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from curricula.mailing import mail_is_set_up, mailed
from curricula.models import Assignment, person_name

from .assignment_queries import Asked


class NotReminded(ValueError):
    """The message says why."""


def remind(asked: Asked, *, link: str, by: Any) -> None:
    """Write to the person what is still open. Raises NotReminded."""
    person = asked.assignment.person
    if person is None or not person.email:
        raise NotReminded(_("There is no mail address of this person: tell them yourself."))
    if asked.finished or asked.assignment.closed:
        raise NotReminded(_("Nothing in it is open."))
    if not mail_is_set_up():
        raise NotReminded(
            _("Mail is not set up on this site: send the person this address yourself: %(link)s") % {"link": link}
        )
    if not _first_today(asked.assignment):
        raise NotReminded(_("This person was reminded today already; one mail a day is enough."))
    if not _send(asked, link=link, by=by):
        Assignment.objects.filter(pk=asked.assignment.pk).update(reminded=asked.assignment.reminded)
        raise NotReminded(_("The mail could not be sent; try later."))


@transaction.atomic
def _first_today(assignment: Assignment) -> bool:
    """Whoever reminds first on a day takes the day, over all plans and schools."""
    today = timezone.localdate()
    person = Assignment.objects.select_for_update().filter(person=assignment.person_id)
    if any(day == today for day in person.values_list("reminded", flat=True)):
        return False
    Assignment.objects.filter(pk=assignment.pk).update(reminded=today)
    return True


def _send(asked: Asked, *, link: str, by: Any) -> bool:
    person = asked.assignment.person
    assert person is not None and person.email  # noqa: S101, PT018
    language = getattr(getattr(person, "profile", None), "language", "") or translation.get_language()
    with translation.override(language):
        plan = asked.assignment.curriculum.name
        subject = _("Courses to map: %(plan)s") % {"plan": plan}
        context = {"asked": asked, "plan": plan, "link": link, "by": person_name(by)}
        body = render_to_string("curricula/teaching/reminder_mail.txt", context)
    return mailed(subject, body, to=person.email)
