"""``python3 -m bootstrap``: install what a server needs, and nothing else; prints where ``plumbline`` is."""

import os
import sys

from .environment import Stopped, prepare

try:
    print(os.path.join(os.path.dirname(prepare("base.lock")), "plumbline"))
except Stopped as stopped:
    sys.stderr.write(str(stopped) + "\n")
    sys.exit(1)
except KeyboardInterrupt:
    sys.exit(130)
