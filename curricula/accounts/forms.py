from __future__ import annotations

from functools import partial
from threading import Thread
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.functional import lazy
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from curricula.accounts.roles import explained_roles
from curricula.models import Membership, time_zones

SPEAKS_FOR_INDUSTRY = _(
    "What this member comments on a plan stands in its committee edition as an opinion of industry."
)


class SignInForm(AuthenticationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail or name")
        wrong = _("No account has this e-mail or name with this password. Capital letters count.")
        self.error_messages = self.error_messages | {"invalid_login": wrong}


class ForgottenForm(PasswordResetForm):
    """Sends its mail behind the answer: how long the page takes tells nobody whether there is an account."""

    def send_mail(self, *message: Any, **more: Any) -> None:
        send = partial(super().send_mail, *message, **more)
        language = get_language()

        def sent() -> None:
            with override(language):
                send()

        if settings.APART:
            Thread(target=sent).start()
        else:
            sent()


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}),
    )


class FirstCodeForm(CodeForm):
    """Below what is read first and the picture for the phone, which a focus would scroll out of sight."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["code"].widget.attrs["autofocus"]


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Leave it empty for a link that you hand over yourself."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=explained_roles, initial=Membership.Role.FACULTY, widget=forms.RadioSelect
    )
    from_industry = forms.BooleanField(label=_("Speaks for industry"), required=False, help_text=SPEAKS_FOR_INDUSTRY)


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Membership.Role)
    from_industry = forms.BooleanField(required=False)


class WithMail(forms.Form):
    """An address belongs to one account, because people sign in by it."""

    account: User | None = None

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        others = User.objects.exclude(pk=self.account.pk) if self.account else User.objects.all()
        if email and others.filter(email__iexact=email).exists():
            raise forms.ValidationError(
                _("There is an account with this e-mail already. Sign in with it, or set a new password for it.")
            )
        return email


class NewAccountForm(WithMail):
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("as colleagues of your school see it"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("You sign in with it."),
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=lazy(lambda: " ".join(password_validators_help_texts()[1:2]), str)(),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "password" in cleaned:
            person = User(first_name=cleaned.get("name", ""), email=cleaned.get("email", ""))
            try:
                validate_password(cleaned["password"], person)
            except forms.ValidationError as refusal:
                self.add_error("password", refusal)
        return cleaned


class ProfileForm(WithMail):
    name = forms.CharField(
        label=_("Your name"), max_length=150, required=False, help_text=_("as colleagues of your school see it")
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("for signing in, and where a new password can be asked for"),
    )
    password = forms.CharField(
        label=_("Your password"),
        required=False,
        strip=False,
        help_text=_("only where you change the e-mail"),
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=lambda: [("", _("as my browser asks for it")), *settings.LANGUAGES],
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=lambda: [("", _("that of the site: %(zone)s") % {"zone": settings.TIME_ZONE}), *time_zones()],
    )

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        if not account.has_usable_password():  # who signs in by the university has none to ask for
            del self.fields["password"]

    def clean(self) -> dict[str, Any]:
        cleaned, account = super().clean() or {}, self.account
        password, email = cleaned.pop("password", None), cleaned.get("email")
        if account is None or password is None or email in (None, account.email.lower()):
            return cleaned
        if not account.check_password(password):
            self.add_error("password", _("Type your password: a new one can be asked for at the e-mail."))
        return cleaned
