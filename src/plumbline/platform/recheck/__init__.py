"""The nightly re-check: every matter judged again from a consistent snapshot, and compared with what is stored.

A verdict that differs is a finding about ourselves. It is kept, shown to the system administrator, and changes nothing.
"""
