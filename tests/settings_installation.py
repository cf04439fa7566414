"""An installation of the tests on PostgreSQL: as the embedded one, but for the database."""

import os

import environ

from naast.settings.embedded import *  # noqa: F403

DATABASES = {"default": environ.Env().db_url_config(os.environ["NAAST_INSTALLATION_DATABASE"])}
