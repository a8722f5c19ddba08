"""Fixtures of oversight: the scene of supervision with one more supervisor of the street itself."""

from plumbline.apps.supervision.tests.conftest import scene

__all__ = ["scene"]
