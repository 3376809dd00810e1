"""A cell that takes what the hubs of these figures send: `bench.hub_cell:application` in place of `trenza.wsgi`."""

from trenza.wsgi import application as application  # isort: skip  (sets Django up)
from bench.hub_side import register

register()
