"""The product's own settings on plain http, with the bare views beside its pages."""

import os

os.environ.update(
    DEBUG="0",
    DEMO="0",
    HTTPS="0",
    SECRET_KEY="only-for-benchmarks-" + "x" * 40,
    ALLOWED_HOSTS="127.0.0.1,localhost",
    EMAIL_URL="dummymail://",
    LOG_LEVEL="WARNING",
)

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS += ["benchmarks"]
ROOT_URLCONF = "benchmarks.urls"
