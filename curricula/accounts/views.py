"""A school's members and invitations."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competencies.listing import arranged
from curricula.accounts import actions
from curricula.accounts.forms import InvitationForm, RoleForm
from curricula.accounts.mail import send_invitation
from curricula.accounts.member_actions import change_role, remove_member
from curricula.accounts.queries import members_of, open_invitations
from curricula.accounts.tables import InvitationTable, MemberTable
from curricula.mailing import mail_is_set_up
from curricula.models import School, person_name
from curricula.pages import done, render_school_page, sent
from curricula.rules import MANAGE, school_for
from curricula.throttle import throttled


@throttled("invitation")
def members(request: HttpRequest, school: str) -> HttpResponse:
    """Who belongs to a school, who is invited, and a new invitation, whose link is shown this once."""
    found = school_for(request.user, slug=school, permission=MANAGE)
    form = InvitationForm(sent(request))
    if request.method == "POST" and form.is_valid():
        return _members_page(request, found, form=InvitationForm(), **_invited(request, found, form.cleaned_data))
    return _members_page(request, found, form=form)


def _invited(request: HttpRequest, school: School, stated: dict[str, Any]) -> dict[str, Any]:
    invitation, token = actions.invite(school, by=request.user, **stated)
    link = request.build_absolute_uri(f"{reverse('invitation')}?{urlencode({'token': token})}")
    return {
        "invitation": invitation,
        "link": link,
        "mailed": send_invitation(invitation, link=link, by=person_name(request.user)),
    }


def _members_page(request: HttpRequest, school: School, **shown: Any) -> HttpResponse:
    shown["members"] = arranged(MemberTable(members_of(school)), request)
    shown["invitations"] = arranged(InvitationTable(open_invitations(school)), request)
    return render_school_page(request, "curricula/accounts/members.html", school, mail=mail_is_set_up(), **shown)


@require_POST
def change_member(request: HttpRequest, school: str, pk: int) -> HttpResponse:
    """Another role for a member."""
    found = school_for(request.user, slug=school, permission=MANAGE)
    membership = get_object_or_404(found.memberships.select_related("user"), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Http404
    told = _("The role of %(username)s is changed.") % {"username": person_name(membership.user)}
    done(request, lambda: change_role(membership, **form.cleaned_data), told)
    return _onwards(request, membership.user, found)


def remove(request: HttpRequest, school: str, pk: int) -> HttpResponse:
    """Ask, then end a membership; the account and what it did stay."""
    found = school_for(request.user, slug=school, permission=MANAGE)
    membership = get_object_or_404(found.memberships.select_related("user"), pk=pk)
    name = person_name(membership.user)
    if request.method == "POST":
        told = _("%(username)s is no member any more.") % {"username": name}
        done(request, lambda: remove_member(membership), told)
        return _onwards(request, membership.user, found)
    return render_school_page(request, "curricula/accounts/remove_member.html", found, name=name, member=membership)


def _onwards(request: HttpRequest, changed: Any, school: School) -> HttpResponse:
    """Who changed the own role may see the members no longer."""
    return redirect("schools") if changed == request.user else redirect("school-members", school=school.slug)


@require_POST
def revoke(request: HttpRequest, school: str, pk: int) -> HttpResponse:
    found = school_for(request.user, slug=school, permission=MANAGE)
    actions.revoke(get_object_or_404(found.invitations, pk=pk))
    messages.success(request, _("The invitation is withdrawn: its link opens nothing any more."))
    return redirect("school-members", school=school)
