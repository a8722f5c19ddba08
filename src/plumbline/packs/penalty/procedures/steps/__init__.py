"""One file a step. A new step is a new file here with a ``STEP``; nothing else has to change."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from plumbline.packs.procedures import Step

STEPS: tuple[Step, ...] = tuple(
    import_module(f"{__name__}.{module.name}").STEP for module in iter_modules(__path__)
)
