"""`python -m bench.office_export`: take the list of applications of this home away as a workbook, in a process of its
own so that its memory can be told, and print what it took as JSON."""

import json
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    print(json.dumps(import_module("bench.office").export()))
