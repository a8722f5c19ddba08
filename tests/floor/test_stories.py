"""The stories that the ordinary tests tell in today's browser, told again in Chromium 90.

U-02 is the summary case, made without a network; U-18 and U-20 are the approval by telephone and the review; U-43 is the
decision that the public finds, at the end of the whole loop.
"""

from __future__ import annotations

import pytest

from tests.journeys.test_field_summary import (
    test_a_summary_case_made_offline_is_at_the_desk_with_its_document as test_summary_case,
)
from tests.journeys.test_market_case import (
    test_a_seizure_a_test_a_decision_revoked_and_made_anew as test_market_case,
)
from tests.journeys.test_street_ordinary_case import (
    test_a_street_takes_a_case_to_the_court_and_to_the_archive as test_street_case,
)
from tests.journeys.test_taps import (
    test_a_clean_case_is_passed_and_approved_with_few_taps as test_review_and_approval,
)
from tests.journeys.test_the_whole_loop import (
    photo,
)
from tests.journeys.test_the_whole_loop import (
    test_from_a_clue_to_a_closed_letter_and_a_public_decision as test_whole_loop,
)
from tests.journeys.test_uploads import (
    test_a_recording_arrives_whole_over_a_network_that_breaks_off as test_recording,
)

__all__ = [
    "photo",
    "test_market_case",
    "test_recording",
    "test_review_and_approval",
    "test_street_case",
    "test_summary_case",
    "test_whole_loop",
]
pytestmark = [pytest.mark.browser, pytest.mark.exhaustive, pytest.mark.timeout(1800)]
