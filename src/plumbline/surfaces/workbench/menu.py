"""The desk's own entries of the menu."""

from __future__ import annotations

from plumbline.platform.ui.navigation import register_entry

register_entry("工作台", "desk", order=10)
register_entry("消息", "notices", order=80)
register_entry("我的", "me", order=90)
