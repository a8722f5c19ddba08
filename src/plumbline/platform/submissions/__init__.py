"""A form that is sent twice has one effect."""
