"""Everything that writes revisions of lists."""

from .drafting import (
    change_row,
    drop_change,
    end_row,
    restore_version,
    start_revision,
    submit_revision,
    withdraw_revision,
)
from .reviewing import approve_revision, comment_on, publish_revision, return_revision
from .settling import settle_article
from .uploading import take_over_upload, upload_list

__all__ = [
    "approve_revision",
    "change_row",
    "comment_on",
    "drop_change",
    "end_row",
    "publish_revision",
    "restore_version",
    "return_revision",
    "settle_article",
    "start_revision",
    "submit_revision",
    "take_over_upload",
    "upload_list",
    "withdraw_revision",
]
