"""What can be done with complaints: telling (the public), handling (the organ), and keeping identities (custodians)."""

from .custody import ask_opening, decide_opening, end_key, make_custody_key, read_identity
from .handling import accept, ask_sender, conclude, point_elsewhere, refer, reply, to_supervision
from .telling import add_photo, begin, hand_in, keep_identity, remove_photo, save_page, supplement

__all__ = [
    "accept",
    "add_photo",
    "ask_opening",
    "ask_sender",
    "begin",
    "conclude",
    "decide_opening",
    "end_key",
    "hand_in",
    "keep_identity",
    "make_custody_key",
    "point_elsewhere",
    "read_identity",
    "refer",
    "remove_photo",
    "reply",
    "save_page",
    "supplement",
    "to_supervision",
]
