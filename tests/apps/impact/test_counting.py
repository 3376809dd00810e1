"""What is counted equals what the journal says, and is asked in a fixed number of queries."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.test.utils import CaptureQueriesContext
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.apps.admissions.examples import a_call, a_programme
from tests.apps.credentials.examples import a_template
from trenza.apps.admissions.api import accept_award, award_application, publish_call, submit_application
from trenza.apps.credentials.api import Credential, revoke_credential
from trenza.apps.impact.counting import Counts, counts, months_until, zone_of
from trenza.apps.impact.rules import counts_for
from trenza.apps.people.api import grant_role, register_person
from trenza.apps.programmes.api import Edition, Enrolment, Module, meet_requirement
from trenza.core import clock
from trenza.core.journal import everything, work_until_done

pytestmark = pytest.mark.django_db
