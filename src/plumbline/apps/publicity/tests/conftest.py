"""The scene for every test of publicity."""

from .scene import scene

__all__ = ["scene"]
