"""WSGI entry point of the web process; in production only behind a reverse proxy whose address is known."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plumbline.project.settings")
# Database connections of the web process start with an empty scope (see platform.scope.rows).
os.environ["PLUMBLINE_PROCESS"] = "web"

import django
from django.core.wsgi import get_wsgi_application

django.setup()

from django.conf import settings  # noqa: E402
from granian.utils.proxies import wrap_wsgi_with_proxy_headers  # noqa: E402

from plumbline.project.checks import refuse_unfit  # noqa: E402

refuse_unfit()
application = get_wsgi_application()
if settings.ENVIRONMENT == "production":
    # The browser's own address and scheme, believed from the proxy alone: lock-out and rate limits count by address.
    application = wrap_wsgi_with_proxy_headers(application, settings.TRUSTED_PROXIES)
