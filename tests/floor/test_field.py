"""The field app in Chromium 90: the two visits of U-02 by taps, every view, what can be read of the phone, the fault runs."""

from __future__ import annotations

import pytest

from tests.field.test_field_app import (
    test_a_share_of_the_seeded_runs as test_fault_runs,
)
from tests.field.test_field_app import (
    test_an_all_compliant_visit_takes_eight_taps_and_nothing_typed as test_compliant_visit,
)
from tests.field.test_field_app import (
    test_every_view_is_free_of_violations_and_as_wide_as_the_screen as test_views,
)
from tests.field.test_field_app import (
    test_nothing_of_any_matter_can_be_read_from_the_phone_s_storage as test_storage,
)
from tests.field.test_field_app import (
    test_one_problem_with_three_photos_takes_eighteen_taps_and_two_fields as test_visit_with_photos,
)

__all__ = [
    "test_compliant_visit",
    "test_fault_runs",
    "test_storage",
    "test_views",
    "test_visit_with_photos",
]
pytestmark = [pytest.mark.browser, pytest.mark.exhaustive, pytest.mark.timeout(1800)]
