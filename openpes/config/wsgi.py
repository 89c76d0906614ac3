"""The web server's way in."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
application = get_wsgi_application()
gc.freeze()  # the code and lists that are loaded now stay; looking for garbage need not walk through them again
