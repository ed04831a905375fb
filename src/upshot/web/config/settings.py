"""Settings of the website. Every choice an installation can make is an UPSHOT_ variable."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from upshot.web.config import database, env, hosts, object_store
from upshot.web.config.data_dir import DataDir
from upshot.web.config.jobs import HANDLERS, SWEEPERS
from upshot.web.config.logs import logging_settings
from upshot.wording import LANGUAGES as SPOKEN
from upshot.wording import SOURCE

WEB = Path(__file__).resolve().parent.parent

DATA = DataDir(env.path("DATA", "upshot-data")).prepare()
DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = DATA.secret_key()
BIND_HOST = env.text("HOST", "127.0.0.1")
ALLOWED_HOSTS = hosts.allowed_hosts(BIND_HOST, env.words("ALLOWED_HOSTS"))
HTTPS = env.flag("HTTPS", default=False)
HAS_PUBLIC_NAME = bool(env.words("ALLOWED_HOSTS"))
hosts.refuse_unsafe(BIND_HOST, debug=DEBUG, secret=SECRET_KEY)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "upshot.web.common",
    "upshot.web.guide",
    "upshot.web.audit",
    "upshot.web.accounts",
    "upshot.web.jobs",
    "upshot.web.files",
    "upshot.web.datasets",
    "upshot.web.bundles",
    "upshot.web.runs",
    "upshot.web.predictions",
    "upshot.web.keeping",
    "upshot.web.api",
    "upshot.web.operation",
]

MIDDLEWARE = [
    "upshot.web.operation.metrics.Measured",
    "upshot.web.api.middleware.ApiAnswers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "upshot.web.accounts.middleware.NotKept",
    "upshot.web.common.middleware.OwnAddressOnly",
    "upshot.web.common.middleware.Compressed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "upshot.web.common.middleware.OneLanguage",
    "upshot.web.common.middleware.RefusalsInWords",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "upshot.web.accounts.middleware.SignedInOnly",
    "upshot.web.accounts.middleware.CurrentWorkspace",
    "upshot.web.accounts.middleware.Devices",
    "upshot.web.audit.middleware.Recorded",
]

ROOT_URLCONF = "upshot.web.config.urls"
WSGI_APPLICATION = "upshot.web.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "upshot.web.common.context_processors.site",
                "upshot.web.guide.context_processors.guide",
                "upshot.web.accounts.context_processors.workspaces",
                "upshot.web.keeping.context_processors.keeping",
            ],
            "builtins": [
                "upshot.web.common.templatetags.upshot",
                "upshot.web.guide.templatetags.gloss",
                "django.templatetags.i18n",
            ],
        },
    },
]
FORM_RENDERER = "upshot.web.common.forms.UpshotRenderer"

DATABASES = {"default": database.from_setting(env.text("DATABASE", str(DATA.database)))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": "upshot.web.accounts.passwords.NotGuessable"},
]

# A link for a new password is good this long.
PASSWORD_RESET_TIMEOUT = 3600

# Letters are sent where a server for them is named; everything works without one.
EMAIL_HOST = env.text("SMTP_HOST", "")
EMAIL_PORT = env.whole_number("SMTP_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("SMTP_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("SMTP_FROM", "upshot@localhost")

AUDIT_DAYS = env.whole_number("AUDIT_DAYS", 730, least=30)

SESSION_COOKIE_AGE = 14 * 24 * 3600
# Browsers take a cookie of such a name from this very host over HTTPS only (ASVS 5.0, 3.3.1).
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}upshot_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}upshot_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "upshot.web.common.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env.words("ALLOWED_HOSTS")] if HTTPS else []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# Other names of the same domain belong to somebody else: the promise of HTTPS is for ours only.
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_HSTS_PRELOAD = False
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "upshot.web.common.static.VersionedStaticFiles"},
    **object_store.from_settings(),
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 24 * 3600

FILE_UPLOAD_HANDLERS = ["upshot.web.files.uploads.StoreUploadHandler"]
FILE_UPLOAD_TEMP_DIR = str(DATA.incoming)
FILE_UPLOAD_PERMISSIONS = 0o600
# Counts form fields only, not the files beside them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
MAX_UPLOAD_BYTES = env.whole_number("MAX_UPLOAD_MB", 8192, least=1) * 1024**2
# Of copies here, where an object store keeps the files.
CACHE_BYTES = env.whole_number("CACHE_MB", 10240) * 1024**2
# Of one workspace; 0 means as much as the disk holds.
STORAGE_BYTES = env.whole_number("STORAGE_MB", 0) * 1024**2

METRICS_TOKEN = env.text("METRICS_TOKEN", "")

JOB_HANDLERS = HANDLERS
JOB_SWEEPERS = SWEEPERS
JOB_MEMORY_BYTES = env.whole_number("JOB_MEMORY_MB", 0) * 1024**2 or None
JOB_ATTEMPTS = env.whole_number("JOB_ATTEMPTS", 3, least=1)
JOBS_RUNNING = env.whole_number("JOBS_RUNNING", 4, least=1)
JOBS_WAITING = env.whole_number("JOBS_WAITING", 200, least=1)
JOB_SECONDS = env.whole_number("JOB_SECONDS", 3600, least=1)

API_REQUESTS_PER_MINUTE = env.whole_number("API_REQUESTS_PER_MINUTE", 600, least=1)
API_WARM_BUNDLES = env.whole_number("API_WARM_BUNDLES", 4, least=1)
WEBHOOK_HOSTS = env.words("WEBHOOK_HOSTS")

LANGUAGE_CODE = SOURCE
LANGUAGES = list(SPOKEN.items())
LOCALE_PATHS = [WEB / "locale"]
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}upshot_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = env.text("TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

LOGGING = logging_settings(env.text("LOG_LEVEL", "WARNING"))
# Django's own default logging would write requests' details beside ours.
LOGGING_CONFIG = "logging.config.dictConfig"
