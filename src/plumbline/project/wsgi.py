"""WSGI entry point of the web process; in production only behind a reverse proxy whose address is known."""

import gc
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plumbline.project.settings")
# Database connections of the web process start with an empty scope (see platform.scope.rows).
os.environ["PLUMBLINE_PROCESS"] = "web"

import django
from django.core.wsgi import get_wsgi_application

gc.set_threshold(50_000, 20, 20)  # as in .cli
django.setup()

from django.conf import settings  # noqa: E402
from django.urls import get_resolver  # noqa: E402
from granian.utils.proxies import wrap_wsgi_with_proxy_headers  # noqa: E402

from plumbline.platform.verdicts.evaluation import rule_book  # noqa: E402
from plumbline.project.checks import refuse_unfit  # noqa: E402

refuse_unfit()
application = get_wsgi_application()
if settings.ENVIRONMENT == "production":
    # The browser's own address and scheme, believed from the proxy alone: lock-out and rate limits count by address.
    application = wrap_wsgi_with_proxy_headers(application, settings.TRUSTED_PROXIES)

# Addresses and rules are read now and not by the first visitor. What is here lives as long as the process: the garbage
# collector, which would go through it again and again at the cost of some visitor's page, leaves it alone.
get_resolver().url_patterns  # noqa: B018
rule_book()
gc.collect()
gc.freeze()
