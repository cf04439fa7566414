"""A region or a country: PostgreSQL, Valkey, HTTPS. Refuses to start on a missing or weak setting, and says which."""

import os

import environ

from .base import *  # noqa: F403
from .base import INSTALLED_APPS
from .env import count_of, keyed_entries, needed, one_of, strong_secret
from .hosts import AllowedHosts
from .oidc import providers_of

env = environ.Env()

NAAST_EMBEDDED = False
NAAST_DEMO = False
# The demonstration is not there at all, so that nothing can open it.
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "naast.demo"]
DEBUG = False
SECRET_KEY = strong_secret("NAAST_SECRET_KEY")
NAAST_KEYRING = keyed_entries("NAAST_KEYRING", needed("NAAST_KEYRING"))
NAAST_LOCKER_SALTS = keyed_entries("NAAST_LOCKER_SALTS", needed("NAAST_LOCKER_SALTS"))
ALLOWED_HOSTS = AllowedHosts(host.strip() for host in needed("NAAST_HOSTS").split(",") if host.strip())
NAAST_OWN_HOSTS = frozenset(
    pair.strip().lower() for pair in os.environ.get("NAAST_OWN_HOSTS", "").split(",") if pair.strip()
)
# The first is the shared host: mails and own host names of places link to it.
WAGTAILADMIN_BASE_URL = f"https://{next(iter(ALLOWED_HOSTS.fixed()), '').removeprefix('.')}"

DATABASES = {"default": env.db_url_config(needed("NAAST_DATABASE_URL"))}
DATABASES["default"]["CONN_MAX_AGE"] = 60
_valkey = needed("NAAST_VALKEY_URL")
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _valkey, "KEY_PREFIX": name}
    for name in ("default", "limits", "shared")
}
_email = env.email_url_config(needed("NAAST_EMAIL_URL"))
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email["EMAIL_HOST"]
EMAIL_PORT = _email["EMAIL_PORT"]
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = needed("NAAST_EMAIL_FROM")
NAAST_SECURITY_CONTACT = needed("NAAST_SECURITY_CONTACT")  # stands in security.txt: mailto: or https:
STATIC_ROOT = os.environ.get("NAAST_STATIC_ROOT", "/var/lib/naast/static")
MEDIA_ROOT = os.environ.get("NAAST_MEDIA_ROOT", "/var/lib/naast/media")
# Beside the database, never on its disk alone: ids of what was erased, for a restore (docs/running.md).
NAAST_TOMBSTONES = os.environ.get("NAAST_TOMBSTONES", "/var/lib/naast/tombstones.jsonl")
NAAST_CLAMAV = os.environ.get("NAAST_CLAMAV", "")
NAAST_CHECK_LINKS = os.environ.get("NAAST_CHECK_LINKS", "1") == "1"
NAAST_ACCEL = os.environ.get("NAAST_ACCEL", "")
NAAST_SIGN_INS = providers_of(os.environ)
NAAST_DATA_LICENCE = one_of("NAAST_DATA_LICENCE", ("CC0-1.0", "CC-BY-4.0"))

SESSION_COOKIE_NAME = "__Host-naast-session"
CSRF_COOKIE_NAME = "__Host-naast-csrf"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the municipality's other hosts are not ours to bind
# HTTPS ends at a proxy, so there is one. It must set X-Forwarded-Proto, add to X-Forwarded-For, and drop headers whose
# names hold an underscore (nginx does): WSGI cannot tell X_Forwarded_For from X-Forwarded-For.
NAAST_PROXIES = count_of("NAAST_PROXIES", 1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
