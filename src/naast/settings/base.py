"""What holds in every installation. What differs stands in embedded.py and production.py."""

from datetime import timedelta

from csp.constants import NONE, SELF

from naast.core import languages

# Lower storeys last: templates and commands of an upper room win.
ROOMS = [
    "demo",
    "api",
    "desk",
    "contact",
    "guide",
    "together",
    "freshness",
    "content",
    "directory",
    "conversations",
    "lockers",
    "upkeep",
    "people",
    "flows",
    "places",
    "ledger",
    "core",
]

INSTALLED_APPS = [
    *(f"naast.{room}" for room in ROOMS),
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "naast.core.middleware.PolicyMiddleware",  # CSP, by path; outermost so that errors carry it too
    "naast.core.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "naast.places.middleware.PlaceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "naast.people.middleware.StaffMiddleware",
    "naast.people.middleware.BodyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "naast.content.middleware.EditorsMiddleware",
    "naast.content.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "naast.urls"
PLACE_URLCONF = "naast.urls_place"
WSGI_APPLICATION = "naast.wsgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "naast.places.context.page",
            ],
        },
    },
]

# ---- language and time ----
LANGUAGE_CODE = "nl"
LANGUAGES = languages.choices()  # core/data/languages.yaml; which of them have addresses is data
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
LOCALE_PATHS: list[str] = []

# ---- static files ----
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "naast.core.uploads.storage.Storage"},
    "staticfiles": {"BACKEND": "naast.core.staticfiles.Storage"},
}
WHITENOISE_MAX_AGE = int(timedelta(hours=1).total_seconds())

# ---- sign-in of staff (residents have lockers, not accounts) ----
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "naast.people.passwords.LongEnoughValidator", "OPTIONS": {"min_length": 15}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("display_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "naast.people.passwords.GuessableValidator"},
]
LOGIN_URL = "/loket/aanmelden/"
LOGIN_REDIRECT_URL = "/loket/"
ACCOUNT_ADAPTER = "naast.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False  # its mails would hold addresses and user agents
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_FORMS = {
    "login": "naast.people.forms.SignInForm",
    "change_password": "naast.people.forms.NewPasswordForm",
}
MFA_ADAPTER = "naast.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey found on a desk opens nothing
MFA_ALLOW_UNVERIFIED_EMAIL = True  # staff addresses are entered by their administrator
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a phone's clock; people.forms refuses a code's second use in that time
MFA_FORMS = {
    "authenticate": "naast.people.forms.CodeForm",
    "authenticate_webauthn": "naast.people.passkeys.forms.SecondStepForm",
    "activate_totp": "naast.people.forms.SetUpForm",
}
# Longer than a staff session (people.rules.LONGEST), so that what is sent just after its end still has an owner.
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "naast.core.views.csrf_failure"

# ---- jobs: rows of the same database and transaction (docs/decisions/0006) ----
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "low"],
        "ENQUEUE_ON_COMMIT": False,
    },
}

# ---- web hygiene (docs/safety.md) ----
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
SILENCED_SYSTEM_CHECKS = ["security.W003"]

# ---- the editors' admin ----
WAGTAIL_SITE_NAME = "Naast"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is fetched from an address that an editor names
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# A new translation waits as a draft: readers get the Dutch page until somebody publishes it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "naast.content.rich_text.Editor"}}
WAGTAILIMAGES_IMAGE_FORM_BASE = "naast.content.media.image_form.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "naast.content.media.image_form.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_SERVE_METHOD = "direct"  # the storage's own address: signed, for ten minutes
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024  # as core.uploads.rules.ROADS has it

# ---- numbers of our own ----
NAAST_DEMO = False
NAAST_SECURITY_CONTACT = "mailto:security@naast.example"  # of the demonstration; production names its own
NAAST_EMBEDDED = False
NAAST_NEUTRAL_SITE = "https://www.knmi.nl/nederland-nu/weer/verwachtingen"  # where "Verlaat deze site" leads
NAAST_ONCE_HOURS = 12
NAAST_ONCE_SHOW_MINUTES = 15
NAAST_LIMITS = {
    "search": 300,
    "suggest": 300,
    "write": 60,
    "code": 10,
    "signin": 60,
    "api": 300,
}  # a minute, a network prefix
NAAST_PROXIES = 0  # reverse proxies of our own in front: limits count who called the outermost of them
NAAST_BODY_BYTES = 3_000_000  # the largest form of somebody who is not signed in as staff
NAAST_FILM_BYTES = 100 * 1024 * 1024  # the largest film an editor may upload
NAAST_CLAMAV = ""  # where clamd listens, "host:port" or a socket's path; set and silent, no file is taken
NAAST_FILM_PIECE = 4 * 1024 * 1024  # the largest piece of a film in one answer (docs/decisions/0017)
# Own host names that the operator vouches for, as "<place>=<host>"; None: any (a laptop, a demonstration).
NAAST_OWN_HOSTS: frozenset[str] | None = None
NAAST_ACCEL = ""  # where the proxy in front sends files of MEDIA_ROOT from, for example "/-/bestand/" (nginx: internal)
NAAST_CHECK_LINKS = False  # look now and then whether links to elsewhere still work; production does
NAAST_DATA_LICENCE = "CC0-1.0"  # under which the open data of the directory are given away
NAAST_PAGE_CACHE_BYTES = 64 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"discreet": {"()": "naast.core.logs.Discreet"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["discreet"], "formatter": "line"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "naast": {"level": "INFO"},
        "django.server": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
