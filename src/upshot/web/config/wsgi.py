"""The site as a WSGI application, for whichever server runs it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upshot.web.config.settings")

application = get_wsgi_application()
