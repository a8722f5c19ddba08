"""What other apps may use of complaints: the receipt code by which somebody without an account finds their own again."""

from __future__ import annotations

from .codes import digits_of, hash_of, new_code, shown

__all__ = ["digits_of", "hash_of", "new_code", "shown"]
