"""Property tests here run under the unhurried profile."""

import tests.unhurried  # noqa: F401
