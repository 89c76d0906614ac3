"""Settings of one city's platform; everything that differs between cities comes from the environment."""

import json
import os
from pathlib import Path

import structlog
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("OPENPES_VAR", ROOT / "var"))
CITY = os.environ.get("OPENPES_CITY", "4501")
SCHEMA = f"city_{CITY}"
OPENPES_CITY_NAME = os.environ.get("OPENPES_CITY_NAME") or _("Nanning")
# The page of a person is the counter's; rooms below only ask the person for its address.
ABSOLUTE_URL_OVERRIDES = {"people.person": lambda person: reverse("counter:person", args=[person.pk])}
os.environ.setdefault("OPENPES_KEYS", str(VAR / "keys" / "city.json"))

ROOMS = [
    "kernel", "access", "codes", "look", "network", "audit", "intake", "messages", "people", "employers",
    "registration", "vacancies", "surveys", "matters", "appointments", "resumes", "matching", "referrals", "alerts",
    "reporting", "statistics", "counter", "portal", "screens", "exchange", "demo",
]  # fmt: skip

INSTALLED_APPS = [
    "openpes.config.apps.PlatformConfig",
    *(f"openpes.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "openpes.config.apps.WordsAfterActs",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",  # the loaders are chosen below
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_structlog",
    "django_prometheus",
]
INSTALLED_APPS = [
    app for app in INSTALLED_APPS
    if not app.startswith("openpes.") or app.startswith("openpes.config") or (ROOT / app.replace(".", "/")).is_dir()
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "openpes.config.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "openpes.config.middleware.identify_request",
    "django_structlog.middlewares.RequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "openpes.config.urls"
WSGI_APPLICATION = "openpes.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "openpes.kernel.fixed_parts.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openpes.look.queries.page_context",
                "openpes.config.navigation.context",
                "openpes.config.palette.context",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "openpes.look.templatetags.look",
            ],
        },
    }
]

# Database: where it is comes from config.database, as which role a process works from OPENPES_ROLE.
_DATABASE = json.loads(os.environ.get("OPENPES_DATABASE", "{}"))
ROLE = os.environ.get("OPENPES_ROLE", "openpes_app")
DATABASES = {
    "default": {
        "ENGINE": "openpes.kernel.postgres",
        "HOST": _DATABASE.get("host", str(VAR / "pg")),
        "PORT": _DATABASE.get("port", ""),
        "NAME": _DATABASE.get("name", "openpes"),
        "USER": ROLE,
        "PASSWORD": _DATABASE.get("passwords", {}).get(ROLE, ""),
        "OPTIONS": {
            "options": f"-c search_path={SCHEMA} -c timezone=Asia/Shanghai",
            **({"pool": {"min_size": 1, "max_size": 8}} if os.environ.get("OPENPES_POOL") else {}),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Secrets
SECRET_KEY = os.environ.get("OPENPES_SECRET_KEY") or _DATABASE.get("secret_key") or "not-a-secret-outside-a-city"
DEBUG = False
ALLOWED_HOSTS = os.environ.get("OPENPES_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("OPENPES_ORIGINS", "").split(",") if o]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("OPENPES_BEHIND_PROXY") else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(os.environ.get("OPENPES_HTTPS"))
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "openpes.config.sessions"
MESSAGE_STORAGE = "openpes.config.messages.SealedCookieStorage"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "openpes.look.views.csrf_failed"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        # The programs of card readers serve this computer's own browser, on a port of its own.
        "connect-src": ["'self'", "http://127.0.0.1:*", "ws://127.0.0.1:*"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Messages by SMS and mail: where the gateways are; without one its messages wait on a list of staff.
MESSAGES = {
    "sms_url": os.environ.get("OPENPES_SMS_URL", ""),
    "sms_key": os.environ.get("OPENPES_SMS_KEY", ""),
    "sms_name": os.environ.get("OPENPES_SMS_NAME", "公共就业服务"),
    "sms_knows_numbers": bool(os.environ.get("OPENPES_SMS_KNOWS_NUMBERS")),
    "smtp_host": os.environ.get("OPENPES_SMTP_HOST", ""),
    "smtp_port": int(os.environ.get("OPENPES_SMTP_PORT", "25")),
    "smtp_user": os.environ.get("OPENPES_SMTP_USER", ""),
    "smtp_password": os.environ.get("OPENPES_SMTP_PASSWORD", ""),
    "smtp_from": os.environ.get("OPENPES_SMTP_FROM", "openpes@localhost"),
    "smtp_tls": bool(os.environ.get("OPENPES_SMTP_TLS")),
    "site": os.environ.get("OPENPES_SITE", "").rstrip("/"),
}

# Sign-in
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "openpes.config.sign_in.ActiveAccounts",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "openpes.config.sign_in.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_FORMS = {
    "login": "openpes.access.forms.SignInForm",
    "change_password": "openpes.access.forms.OwnPasswordForm",
    "reauthenticate": "openpes.access.forms.ConfirmForm",
}
MFA_FORMS = {
    "authenticate": "openpes.access.forms.CodeForm",
    "reauthenticate": "openpes.access.forms.ConfirmByCodeForm",
    "activate_totp": "openpes.access.forms.FirstCodeForm",
}
ACCOUNT_SESSION_REMEMBER = False  # counters share computers
# axes counts wrong passwords, in the database and for all processes; this limit is for guessed second factors, of which
# a million are possible: each web process counts for itself, four of them at most.
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "20/5m/key"}
MFA_ADAPTER = "openpes.config.sign_in.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "OpenPES"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "access/locked.html"

# Language, time, files
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": os.environ.get("OPENPES_STATIC") or PLAIN_STATIC},
}
WHITENOISE_USE_FINDERS = not os.environ.get("OPENPES_STATIC")
MEDIA_ROOT = VAR / "files"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# The search index of a large city (matching): where it stands, and from how many public vacancies on there is one.
SEARCH_FOLDER = VAR / "search" / SCHEMA
SEARCH_INDEX_FROM = int(os.environ.get("OPENPES_INDEX_FROM", "500"))
os.environ.setdefault("NUMBA_CACHE_DIR", str(VAR / "numba"))  # what is compiled once serves all processes

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Whose machine it was is known to sign-in alone, not to the logs.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False

# Logs as records of the standard library: levels and places are set in one way, and lines carry no personal data.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.format_exc_info,
        structlog.processors.KeyValueRenderer(key_order=["event", "request", "code"]),
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("OPENPES_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = ["axes.W003", "models.W042"]
