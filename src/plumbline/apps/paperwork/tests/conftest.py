"""The lawful world of casework, with a head who may sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def world(db: None) -> Iterator[Any]:
    # Imported here: this file is read before Django is set up.
    from plumbline.apps.cases.tests.world import REGISTERS, World, stated_registers
    from plumbline.platform.identity.models import Post

    with stated_registers(REGISTERS):
        built = World().build()
        post = Post.objects.get(title="负责人")
        post.capabilities = [*post.capabilities, "documents.sign"]
        post.save()
        yield built
