"""The WSGI application that granian serves."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trenza.settings.laptop")
application = get_wsgi_application()
# A thread that comes back from the database waits so long for one that computes (5 ms if nothing is said): whoever
# holds the turn to write comes back thirty times, and everybody who writes waits for her.
sys.setswitchinterval(0.0005)
# What is there now stays: the garbage collector need not look through it again and again.
gc.freeze()
