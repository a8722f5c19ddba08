"""How the kernel is compiled, and where the compiled code is kept.

Numba keeps the code of a function by that function's own file and does not see that another one it calls, or a number it
took from another module, has changed. Old code over new numbers writes where it should not; so the place is named after the
content of every file of the kernel.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import numba
from numba import config, njit, types
from numba.core import cgutils
from numba.extending import intrinsic

#: The files that compiled code comes from, or takes a number from; a test holds the list against the imports.
KERNEL = (
    "clock_steps",
    "counting",
    "dates",
    "form_steps",
    "granting",
    "jit",
    "lane_steps",
    "machine",
    "opcodes",
    "pad",
    "rare_steps",
    "records",
    "rule_steps",
    "searching",
)


def _kept_in() -> Path | None:
    """A folder for the compiled code of exactly these sources; None where nothing can be written."""
    digest = hashlib.sha256(numba.__version__.encode())
    for name in () if os.environ.get("KSAME") else KERNEL:
        digest.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    wanted = os.environ.get("PLUMBLINE_CACHE") or os.environ.get("XDG_CACHE_HOME")
    for base in (wanted, "~/.cache", tempfile.gettempdir()):
        if not base:
            continue
        owner = os.getuid() if hasattr(os, "getuid") else 0
        folder = Path(base).expanduser() / f"plumbline-kernel-{owner}-{digest.hexdigest()[:16]}"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Compiled code is run: a folder that somebody else made is not to be trusted.
            if folder.stat().st_uid == owner and os.access(folder, os.W_OK):
                return folder
        except (OSError, RuntimeError):
            continue
    return None


_folder = _kept_in()
if _folder is not None:
    config.CACHE_DIR = str(_folder)

#: For every function of the kernel.
compiled = njit(cache=_folder is not None, nogil=True)


@intrinsic
def first_element(typing_context, array):
    """The address of an array's first element: a plain pointer costs nothing to hand on."""

    def code(context, builder, signature, arguments):
        (kind,) = signature.args
        return cgutils.create_struct_proxy(kind)(context, builder, value=arguments[0]).data

    return types.CPointer(array.dtype)(array), code


@intrinsic
def shifted(typing_context, pointer, words):
    """The address some words further on: a lane's own pad as if there were no other."""

    def code(context, builder, signature, arguments):
        return builder.gep(arguments[0], [arguments[1]])

    return pointer(pointer, types.int64), code


if config.DISABLE_JIT:

    def first_element(array):
        return array.reshape(-1)

    def shifted(array, words):
        return array[words:]
