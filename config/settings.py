"""Settings of every profile. Importing them starts nothing and reads nothing but the environment."""

from __future__ import annotations

from urllib.parse import unquote

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import logs, profile
from config.profile import BASE_DIR, env

PROFILE = profile.current()
IS_DEMO = PROFILE.is_demo
VAR_DIR = PROFILE.var
DEBUG = False

DATABASE_URLS = PROFILE.database_urls()
DATABASE_URL = PROFILE.database_url()
REDIS_URL = PROFILE.redis_url()
SECRET_KEY = env.str("SECRET_KEY", default="" if PROFILE.is_production else "only-for-demo-and-test-" + "x" * 40)

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PROFILE.is_production else ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # the widgets, for the form renderer of our own
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
    "pghistory",
    "django_filters",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_structlog",
    "csp",
    "groundwork",
    "accounts",
    "sources",
    "claims",
    "forecasts",
    "briefings",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.DemandSecondFactor",
    "groundwork.middleware.ExplainWrongMethod",
    "pghistory.middleware.HistoryMiddleware",
]

FORM_RENDERER = "groundwork.forms.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "groundwork.context.desk",
                "groundwork.context.sweep",
                "accounts.context.preferences",
            ],
        },
    }
]

# --- Postgres -------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url_config(DATABASE_URL)} if DATABASE_URL else {}
if DATABASES:
    DATABASES["default"].update(
        HOST=unquote(DATABASES["default"]["HOST"]),  # the folder of a unix socket is percent-encoded in a URL
        # The timeouts belong to the login roles; a pooler would drop them here.
        CONN_MAX_AGE=env.int("CONN_MAX_AGE", default=60),
        CONN_HEALTH_CHECKS=True,
        DISABLE_SERVER_SIDE_CURSORS=True,
    )
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
PGHISTORY_LEVEL = pghistory.Statement  # type: ignore[has-type]  # mypy sees settings before pghistory's own
PGHISTORY_APPEND_ONLY = True

# --- Redis and Celery -----------------------------------------------------------------------------------------------

CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
CELERY_BROKER_URL = profile.broker_url(REDIS_URL)
# How often the sweeps run, in seconds. The browser test of the whole path asks for a quick one.
SWEEP_EVERY = env.int("SWEEP_EVERY", default=15 * 60)
# The day that the sweep takes for today, YYYY-MM-DD; refused in production.
SWEEP_ON = env.str("SWEEP_ON", default="")
if SWEEP_ON and PROFILE.is_production:
    raise ImproperlyConfigured("SWEEP_ON sets the clock of the sweep and belongs to tests; unset it.")

# --- Grading --------------------------------------------------------------------------------------------------------

# How many people grade a forecast, blind to each other. One is for a desk too small for two, and for the demo, whose
# tour one person takes.
GRADERS = env.int("GRADERS", default=2 if PROFILE.is_production else 1)
if GRADERS not in (1, 2):
    message = f"GRADERS is {GRADERS}; it is 2, or 1 for a small desk."
    raise ImproperlyConfigured(message)
# Whether the author of a forecast may grade it. Whoever did is shown as involved either way.
INVOLVED_MAY_GRADE = env.bool("INVOLVED_MAY_GRADE", default=False)
# Addresses of this machine as evidence: for tests, whose server is here. No environment opens this.
EVIDENCE_FROM_LOOPBACK = False

# --- Reminding ------------------------------------------------------------------------------------------------------

# To whom what falls due is given: the author's desk partner, each in turn, whoever looks after its topic, or nobody.
ASSIGN_BY = env.str("ASSIGN_BY", default="partner")
if ASSIGN_BY not in ("partner", "round_robin", "topic", "nobody"):
    message = f"ASSIGN_BY is {ASSIGN_BY}; it is partner, round_robin, topic or nobody."
    raise ImproperlyConfigured(message)
# The hour of the desk's day from which on its digest is sent.
DIGEST_HOUR = env.int("DIGEST_HOUR", default=7)
if DIGEST_HOUR not in range(24):
    message = f"DIGEST_HOUR is {DIGEST_HOUR}; it is an hour from 0 to 23."
    raise ImproperlyConfigured(message)
# Who writes a mail in the moment in which it is sent, by the name that its row in the outbox carries.
MAIL_WRITERS = {"digest": "forecasts.services.digests.write"}

# --- Language and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("DESK_TIME_ZONE", default="UTC")
DESK_NAME = env.str("DESK_NAME", default="The Hindsight desk")
# Where the site is reached, for links that leave it: in mails, feeds and calendars.
SITE_URL: str = env.str("SITE_URL", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}").rstrip("/")
# Whether anybody may read what the desk's words were worth, or the desk alone.
PUBLIC_TRACK_RECORD = env.bool("PUBLIC_TRACK_RECORD", default=True)
READ_IN_REQUEST_BYTES = 100_000

# --- Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static" if PROFILE.is_production else None
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PROFILE.is_production
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PROFILE.is_production  # nothing is collected there
# Looking a file up when it is asked for spares each of the tests' many clients going through all files.
WHITENOISE_AUTOREFRESH = PROFILE.is_test
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

# --- Signing in -----------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["accounts.adapter.DeskBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "forecasts:queue"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.InviteOnlyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation proves the address
# Limits on signing in go by the client's address: in production the one that the proxy names, or all would share one.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PROFILE.is_production else 0
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody makes the desk write to strangers
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Hindsight"
# Editors and administrators must have a second factor in production; the demo only offers it.
MFA_DEMANDED = PROFILE.is_production
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if PROFILE.is_test
    else ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Mail -----------------------------------------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://" if not PROFILE.is_test else "memorymail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # seconds; a worker gives up well before its task's time is over
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="hindsight@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Security -------------------------------------------------------------------------------------------------------

_https = PROFILE.is_production
_port = env.str("PORT", default="")
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_REFERRER_POLICY = "same-origin"
# The prefix __Host- is only taken with Secure; without it a browser drops the cookie.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
# Cookies know no port, so two demos on one host would sign each other out under one name.
SESSION_COOKIE_NAME = "__Host-session" if _https else f"session{_port}"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else f"csrf{_port}"
LANGUAGE_COOKIE_NAME = "__Host-language" if _https else f"language{_port}"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # forms carry the token themselves
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- The API --------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.ApiKeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.permissions.Refuse"],
    "DEFAULT_PAGINATION_CLASS": "groundwork.api.pagination.KeysetPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "groundwork.api.schema.Schema",
    "EXCEPTION_HANDLER": "groundwork.api.problems.handle",
    "DEFAULT_VERSIONING_CLASS": None,
    "COERCE_DECIMAL_TO_STRING": False,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Hindsight",
    "DESCRIPTION": "Sources, articles, claims, forecasts with their judgements and outcomes, and briefings.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "BriefingState": "briefings.choices.State",
        "CorrectionState": "forecasts.choices.CorrectionState",
    },
    "PATH_CONVERTER_OVERRIDES": {"slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}},
}

# --- Logs -----------------------------------------------------------------------------------------------------------

LOGGING = logs.configuration(json=PROFILE.is_production, level=env.str("LOG_LEVEL", default="INFO"))
DJANGO_STRUCTLOG_CELERY_ENABLED = True
