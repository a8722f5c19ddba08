"""A draw that anybody can repeat: the pool is fixed and hashed, the seed comes after it, the order follows from both.

Each matter gets the SHA-256 of ``pool hash | seed | matter``; the smallest come first. Nothing else decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

METHOD = "sha256(范围指纹|种子|事项号)，从小到大取前若干件"


def pool_of(matters: Iterable[str]) -> list[str]:
    return sorted(set(matters))


def hash_of_pool(pool: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(pool).encode()).hexdigest()


def mark_of(pool_hash: str, seed: str, matter: str) -> str:
    return hashlib.sha256(f"{pool_hash}|{seed}|{matter}".encode()).hexdigest()


def draw(pool: Sequence[str], seed: str, size: int) -> list[str]:
    pool_hash = hash_of_pool(pool)
    return sorted(pool, key=lambda matter: mark_of(pool_hash, seed, matter))[:size]
