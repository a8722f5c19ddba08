"""One module a format; see ``plumbline.rules.reports``."""
