"""Property tests judge what is said, not how quick a busy machine draws an example: import it to load the profile.

The examples are the same in every run, so that a change is judged by what it changes and not by luck. To look for
histories nobody has tried yet, run with ``PLUMBLINE_EXPLORE=1``: every run then draws others, and more of them.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

EXPLORING = bool(os.environ.get("PLUMBLINE_EXPLORE"))

settings.register_profile(
    "unhurried",
    deadline=None,
    derandomize=not EXPLORING,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("unhurried")
if not EXPLORING:
    # Hypothesis reads every module that is loaded and draws now and then a number or a word that stands there. Each test
    # process would parse the whole product for it, and the examples would depend on what else has been imported.
    providers._get_local_constants = lambda: providers._local_constants
