"""Settings of the whole project, read once from the environment; docs/deploy.md lists the variables."""

import os
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

TESTING = "pytest" in sys.modules
DEBUG = env.bool("DEBUG", default=False)
# Demo mode names the demo accounts on the sign-in page, to visitors of this machine only.
DEMO = env.bool("TALENTGAP_DEMO", default=False)
# Static files as they lie in the folders: whoever only tries the program has not collected them.
LOOSE_FILES = DEBUG or TESTING or DEMO or "runserver" in sys.argv
# What a fresh clone writes (database, generated key, demo passwords) stays in one folder outside version control.
STATE_DIR = Path(env.str("TALENTGAP_STATE", default=str(BASE_DIR / ".state")))
STATE_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def _for_us_alone() -> None:
    """Records of schools are for the program's own user; what SQLite puts beside its file gets that file's rights."""
    with suppress(OSError):  # of another user, or read only: not ours to change
        STATE_DIR.chmod(0o700)
        if "DATABASE_URL" not in os.environ:
            (STATE_DIR / "db.sqlite3").touch(mode=0o600)
    for path in filter(Path.is_file, STATE_DIR.iterdir()):
        with suppress(OSError):  # gone meanwhile
            path.chmod(0o600)


def _kept_secret_key() -> str:
    """A key made once and kept beside the database, so that sessions survive a restart."""
    path = STATE_DIR / "secret_key"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(get_random_secret_key())
    return path.read_text()


_for_us_alone()
SECRET_KEY = env.str("SECRET_KEY", default="") or _kept_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_FAILURE_VIEW = "talentgap.errors.stale_form"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_tables2",
    "django_tasks",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "simple_history",
    "competencies",
    "curricula",
    "talentgap",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "talentgap.middleware.NoZeroBytes",
    "talentgap.middleware.KnownMethods",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "curricula.accounts.sessions.SessionLimits",
    # Every page asks for a signed-in user unless its view says otherwise.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "curricula.accounts.middleware.SecondStepFirst",
    "curricula.accounts.middleware.Personal",
    "talentgap.middleware.NoZeroBytesInForms",
    "talentgap.middleware.NumbersBeyondTheDatabase",
    "talentgap.middleware.TooManyRequests",
    "talentgap.middleware.Unshared",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "talentgap.urls"
WSGI_APPLICATION = "talentgap.wsgi.application"
ASGI_APPLICATION = "talentgap.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["talentgap.templatetags.talentgap"],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # so that templates/django/forms/ stands before Django's own

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{STATE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers do not wait for a writer (WAL), and a transaction that will write takes its lock at the start.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One process keeps results in its memory; several share them in the database, or wherever CACHE_URL says.
# Counters lie apart, so that neither pushes the other out.
CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://?max_entries=64"),
    "counters": env.cache_url("CACHE_URL", default="locmemcache://counters"),
}
if CACHES["counters"]["BACKEND"].endswith("DatabaseCache"):
    CACHES["counters"]["LOCATION"] += "_counters"
CACHES["counters"]["OPTIONS"] = {**CACHES["counters"].get("OPTIONS", {}), "MAX_ENTRIES": 100_000}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "curricula.accounts.backends.ByMailOrName",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
AUTH_PASSWORD_VALIDATORS.append({"NAME": "curricula.accounts.passwords.NotOurOwnWords"})
SESSION_ENGINE = "curricula.accounts.sessions"
SESSION_COOKIE_AGE = 3600 * env.int("SESSION_HOURS", default=12)
SECOND_STEP_FOR = env.str("SECOND_STEP_FOR", default="")
SESSION_IDLE_SECONDS = 60 * env.int("SESSION_IDLE_MINUTES", default=120)
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Mail is printed where the server runs unless a server for it is named; pages show then what a mail would have said.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="talentgap@localhost")
OWNER_MODEL = "curricula.School"  # what frameworks and sources of demand belong to
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
# One name from one address: whoever guesses locks nobody out who is elsewhere. Each attempt while it is locked is
# refused and not counted, so that it ends.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "curricula.accounts.lockout.counted_name"
AXES_CLIENT_IP_CALLABLE = "curricula.accounts.lockout.counted_address"
AXES_LOCKOUT_CALLABLE = "curricula.accounts.lockout.locked_page"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLED = not TESTING
# Whose word on where a request comes from is believed: addresses, networks, "unix" for a socket file.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
# How often in how many seconds; a person counts alone, strangers by their address. "sign-in" counts what fails.
THROTTLES = (
    {}
    if TESTING
    else {
        "sign-in": "30/900",
        "password": "20/3600",
        "password-mail": "3/3600",
        "code": "10/900",
        "invitation": "60/3600",
        "questionnaire": "600/3600",
        "questionnaire-page": "1200/3600",
        "questionnaire-links": "60/3600",
        "upload": "60/600",
        "report": "60/600",
        "shared": "120/600",
        "api": "300/600",
    }
    | env.dict("THROTTLES", default={})
)

# The university's own sign-in, where the extra `sso` is installed; talentgap/checks.py says what is missing.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
OIDC_NAME = env.str("OIDC_NAME", default="")
OIDC_CLIENT = {"client_id": env.str("OIDC_CLIENT_ID", default=""), "secret": env.str("OIDC_CLIENT_SECRET", default="")}
SSO = bool(OIDC_ISSUER and find_spec("allauth"))
if SSO:
    INSTALLED_APPS += ["allauth", "allauth.account", "allauth.socialaccount"]
    INSTALLED_APPS += ["allauth.socialaccount.providers.openid_connect"]
    MIDDLEWARE += ["allauth.account.middleware.AccountMiddleware"]
    ACCOUNT_EMAIL_VERIFICATION = "none"
    SOCIALACCOUNT_ONLY = True
    SOCIALACCOUNT_ADAPTER = "curricula.accounts.sso.Adapter"
    SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
    SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads to another host is against our content policy
    SOCIALACCOUNT_STORE_TOKENS = False
    _university = OIDC_CLIENT | {"provider_id": "university", "name": OIDC_NAME}
    _university["settings"] = {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True}
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_university]}}

# Lists: one template in our design (competencies/listing.py).
DJANGO_TABLES2_TEMPLATE = "competencies/_table.html"
DJANGO_TABLES2_TABLE_ATTRS = {"class": "data blocks"}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [STATE_DIR / "locale", BASE_DIR / "talentgap" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = STATE_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "talentgap.finders.PlotlyFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOOSE_FILES
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = LOOSE_FILES
FIXTURES = BASE_DIR / "fixtures"
# A folder of font files for reports, looked at before the system's fonts.
TALENTGAP_FONT_DIR = env.str("TALENTGAP_FONT_DIR", default="") or None

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
SIMPLE_HISTORY_REVERT_DISABLED = True

# No page asks anything of another host. Inline styles are allowed because Plotly sets them on its marks.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come over plain HTTP from inside
if env.bool("HTTPS", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    # Browsers take such a name from this very host over HTTPS only, and from none beside or below it.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_ALL", default=False)
    # Whether the other names of the domain keep to HTTPS is not ours to say.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

MESSAGE_STORAGE = "talentgap.messages.Storage"

# A teaching plan is far smaller; what is larger is refused before it is read.
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_BYTES", default=50 * 1024 * 1024)
# Work that may take too much is done in a process of its own; that process has these loaded when it is needed.
APART = not TESTING
LOADED_APART = ["talentgap.served", "curricula.imports.jobs", "curricula.plans.report_work"]
# What takes longer than a page waits goes on behind it: watched by a thread of the server, or done by workers that
# find it in the database, or by whatever else has a backend of django-tasks; in tests at once.
TASKS_BACKEND = "immediate" if TESTING else env.str("TASKS_BACKEND", default="threads")
_BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "threads": "curricula.progress.threads.ThreadBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
TASKS = {"default": {"BACKEND": _BACKENDS.get(TASKS_BACKEND, TASKS_BACKEND)}}
# One statement of PostgreSQL for a page; commands have all the time they need.
STATEMENT_SECONDS = env.int("STATEMENT_SECONDS", default=60)
WORK_SECONDS = env.int("WORK_SECONDS", default=300)
WORK_MEGABYTES = env.int("WORK_MEGABYTES", default=1536)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"incident": {"()": "talentgap.errors.IncidentFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(incident)s] %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["incident"]}},
    "root": {"handlers": ["console"], "level": "INFO" if not TESTING else "ERROR"},
    "loggers": {"axes": {"level": "WARNING"}},
}
