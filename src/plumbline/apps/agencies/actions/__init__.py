"""The verbs of officers and certificates."""

from .issuing import (
    NewCertificate,
    Score,
    apply_for_certificate,
    check_annually,
    hold_exam,
    issue_certificate,
    refuse_application,
    renew_certificate,
)
from .photos import keep_photo
from .publishing import enter_setting, publish_change
from .standing import move_officer, restore_certificate, revoke_certificate, suspend_certificate

__all__ = [
    "NewCertificate",
    "Score",
    "apply_for_certificate",
    "check_annually",
    "enter_setting",
    "hold_exam",
    "issue_certificate",
    "keep_photo",
    "move_officer",
    "publish_change",
    "refuse_application",
    "renew_certificate",
    "restore_certificate",
    "revoke_certificate",
    "suspend_certificate",
]
