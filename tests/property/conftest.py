"""Hypothesis for all tests here: no time limit for a single example, and the same ones each time.

Set APKG_HYPOTHESIS=wide to look further: many more examples, new ones each time.
"""

import os

from hypothesis import HealthCheck, settings

QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "default", deadline=None, derandomize=True, max_examples=30, suppress_health_check=QUIET
)
settings.register_profile("wide", deadline=None, max_examples=2000, suppress_health_check=QUIET)
settings.load_profile(os.environ.get("APKG_HYPOTHESIS", "default"))
