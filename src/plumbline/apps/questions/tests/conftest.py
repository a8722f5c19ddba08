"""The bodies of coordination's tests: a street, two departments, the organ and the government."""

from plumbline.apps.coordination.tests.conftest import between

__all__ = ["between"]
