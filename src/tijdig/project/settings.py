"""Django's settings. No policy and no law lives here, only how the program runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from tijdig.project.secret import secret_key

BASE_DIR = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("TIJDIG_DATA", "var")).expanduser().resolve()
DEBUG = False
SECRET_KEY = secret_key(DATA)
ALLOWED_HOSTS = os.environ.get("TIJDIG_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("TIJDIG_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "template_partials",
    "tijdig.access",
    "tijdig.history",
    "tijdig.entrance",
    "tijdig.tenancies",
    "tijdig.ledger",
    "tijdig.policy",
    "tijdig.arrangements",
    "tijdig.steps",
    "tijdig.contacts",
    "tijdig.objections",
    "tijdig.help",
    "tijdig.caseload",
    "tijdig.conferences",
    "tijdig.rulings",
    "tijdig.cases",
    "tijdig.letters",
    "tijdig.bailiff",
    "tijdig.vera",
    "tijdig.hooks",
    "tijdig.imports",
    "tijdig.privacy",
    "tijdig.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tijdig.web.security.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tijdig.web.security.PlainText",
    "tijdig.web.scope.OrganisationScope",
    "tijdig.web.left_out.WithoutBsn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tijdig.web.scope.UserLanguage",
]
ROOT_URLCONF = "tijdig.project.urls"
ASGI_APPLICATION = "tijdig.project.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "tijdig.web.scope.page_context",
            ],
            "builtins": ["tijdig.web.templatetags.tijdig", "tijdig.web.templatetags.rows"],
        },
    }
]


def _database(dsn: str, **extra: Any) -> dict[str, Any]:
    parts = conninfo_to_dict(dsn)
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    config: dict[str, Any] = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0, **extra}
    config |= {name: str(parts.pop(key)) for key, name in known.items() if parts.get(key) is not None}
    options = {key: value for key, value in parts.items() if key != "connect_timeout"}
    config["OPTIONS"] = config.get("OPTIONS", {}) | options
    return config


_APP_DSN = os.environ.get("TIJDIG_APP_DSN", "dbname=tijdig user=tijdig_app")
_OWNER_DSN = os.environ.get("TIJDIG_OWNER_DSN", "dbname=tijdig user=tijdig_owner")
_POOL_MOST = int(os.environ.get("TIJDIG_POOL_MOST", "12"))  # what a process may have at once
_POOL = (
    {"min_size": 1, "max_size": _POOL_MOST, "timeout": 20}
    if os.environ.get("TIJDIG_POOL", "1") == "1"
    else False
)
DATABASES = {
    "default": _database(_APP_DSN, OPTIONS={"pool": _POOL}),
    "owner": _database(_OWNER_DSN),
}

# Who carries messages to the outside: TIJDIG_EMAIL, TIJDIG_SMS and TIJDIG_LINKS, and where answers come in:
# TIJDIG_EMAIL_REPLIES and TIJDIG_SMS_REPLIES; each also with _ID for one corporation.
TIJDIG_CARRIERS = {
    name.removeprefix("TIJDIG_"): value
    for name, value in os.environ.items()
    if name.startswith(("TIJDIG_EMAIL", "TIJDIG_SMS", "TIJDIG_LINKS"))
}
TIJDIG_ADDRESS = os.environ.get("TIJDIG_ADDRESS", "").rstrip("/")  # as the outside reaches it, for providers
# Hosts (with :port where it has one) in a network of our own to which webhooks may go, also without https.
TIJDIG_WEBHOOK_HOSTS = [one for one in os.environ.get("TIJDIG_WEBHOOK_HOSTS", "").split(",") if one]
TIJDIG_OPEN_LINE = (
    os.environ.get("TIJDIG_OPEN_LINE") == "1"
)  # a sign-in provider on this machine, for trying out

# The header in which the proxy in front says who asked it (X-Forwarded-For, X-Real-IP); of several the last counts.
TIJDIG_SENDER_HEADER = os.environ.get("TIJDIG_SENDER_HEADER", "")

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["tijdig.access.sign_in.Backend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "worklist"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = None
if os.environ.get("TIJDIG_HTTPS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600  # told over https only
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
FORMAT_MODULE_PATH = ["tijdig.web.formats"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

STATIC_URL = "static/"
STATICFILES_DIRS: list[str] = []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False  # these files are for our own pages

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
