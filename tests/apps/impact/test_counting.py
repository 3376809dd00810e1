"""What is counted equals what the journal says, and is asked in a fixed number of queries."""

import pytest

pytestmark = pytest.mark.django_db
