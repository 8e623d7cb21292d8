"""The product's settings, with the few differences a test run needs.

Tests keep the production set-up otherwise: strict policy, discreet logs, the same databases.
"""

import os

# Set before the real settings are read, so that no .env of somebody's own changes a test.
os.environ.update(
    SECRET_KEY="only-for-tests-" + "x" * 40,
    DEBUG="0",
    DEMO="0",
    HTTPS="0",  # the test client and the live server speak plain http
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    EMAIL_URL="memorymail://",
    LOG_LEVEL="WARNING",
    OPEN_SIGNUP="0",
    ADMINS="admins@site.example",
)

from config.settings import *  # noqa: F403
from config.settings import STORAGES, TEMPLATES
from tests.undefined import UndefinedVariable

# Templates can be rendered before the front end is built; the live server finds the files itself.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, and only for tests

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable()
