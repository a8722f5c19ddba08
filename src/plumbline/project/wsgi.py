"""WSGI entry point of the web process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plumbline.project.settings")
# Database connections of the web process start with an empty scope (see platform.scope.rows).
os.environ["PLUMBLINE_PROCESS"] = "web"

import django
from django.core.wsgi import get_wsgi_application

django.setup()

from plumbline.project.checks import refuse_unfit  # noqa: E402

refuse_unfit()
application = get_wsgi_application()
