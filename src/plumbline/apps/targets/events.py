"""Platform activities of the register of targets."""

from plumbline.platform.events.declared import declare

TARGET_ADDED = declare("target_added", "登记执法对象")
TARGET_CHANGED = declare("target_changed", "更新执法对象")
TARGETS_MERGED = declare("targets_merged", "合并执法对象")
