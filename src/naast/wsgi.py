"""The application as a server runs it: Django inside, the outermost layer round it."""

import os

from django.core.wsgi import get_wsgi_application

from naast.cli import settings_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module())
_django = get_wsgi_application()

from naast.core.outermost import Outermost  # noqa: E402
from naast.places.visits import counter  # noqa: E402

application = Outermost(_django, on_visit=counter.note)
