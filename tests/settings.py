"""Settings of the suite: embedded, fixed secrets, fast hashes; PostgreSQL where NAAST_TEST_DATABASE_URL says so."""

import os
import tempfile

_var = tempfile.mkdtemp(prefix="naast-tests-")
os.environ["NAAST_VAR"] = _var
os.environ["NAAST_DEMO"] = "1"
os.environ["NAAST_SECRET_KEY"] = "only-for-tests-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2
os.environ["NAAST_KEYRING"] = "k1:" + "QUFB" * 10 + "QUE=" + ",k0:" + "QkJC" * 10 + "QkI="
os.environ["NAAST_LOCKER_SALTS"] = "1:" + "Q0ND" * 10 + "Q0M="

from naast.settings.embedded import *  # noqa: E402, F403
from naast.settings.embedded import ALLOWED_HOSTS as _HOSTS  # noqa: E402
from naast.settings.embedded import CACHES, DATABASES, STORAGES  # noqa: E402

ALLOWED_HOSTS = _HOSTS.fixed()  # Django's test set-up walks through it before there is a database

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CACHES["shared"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
NAAST_TESTING = True

if url := os.environ.get("NAAST_TEST_DATABASE_URL"):
    import environ

    DATABASES["default"] = environ.Env().db_url_config(url)
if file := os.environ.get("NAAST_TEMPLATE_FILE"):
    DATABASES["default"]["NAME"] = file
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF;"
