"""Set-up from a bare python3: the standard library only. See ``environment``."""
