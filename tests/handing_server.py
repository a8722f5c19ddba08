"""The server of ``test_transfers_killed``: dies like the one of the field, and states the registers of the small world.

``python -m tests.handing_server PORT...``
"""

from __future__ import annotations

import sys

import django
from django.db import connections

if __name__ == "__main__":
    django.setup()
    from plumbline.apps.cases.tests.world import stated_registers
    from plumbline.apps.supervision.tests.scene import registers
    from plumbline.platform.verdicts.evaluation import rule_book

    from .field.dying_server import serve

    rule_book()
    with stated_registers(registers()):
        connections.close_all()
        serve(*map(int, sys.argv[1:]))
