"""Whether a signed document is what it was when it was signed, and the code that leads to its public proof."""

from __future__ import annotations

import hashlib

import segno
from django.http import HttpRequest

from .models import Document
from .rendering import verification_address


def is_unaltered(document: Document) -> bool:
    """Whether the frozen text still has the fingerprint it was signed with."""
    return hashlib.sha256(document.html.encode()).hexdigest() == document.sha256


def verification_code(request: HttpRequest, document: Document) -> str:
    """A QR code of the public verification page, as a data address for an image."""
    return code_picture(document)


def code_picture(document: Document) -> str:
    return str(segno.make(verification_address(document), error="m").svg_data_uri(scale=4))
