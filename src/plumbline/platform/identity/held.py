"""The posts that a person holds on a day, and the agencies below them.

Every page asks this anew, since nothing about rights is kept. It is one question in SQL, answered with plain rows: asked
through the models it was three questions and a row of every agency, and took a quarter of the time of a simple page.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import connection

POSTS = """
    WITH RECURSIVE held AS (
        SELECT post_id, false AS as_deputy, from_on, id FROM identity_tenure
        WHERE person_id = %(person)s AND from_on <= %(on)s AND (to_on IS NULL OR to_on >= %(on)s)
        UNION ALL
        SELECT post_id, true, NULL, id FROM identity_deputy
        WHERE person_id = %(person)s AND from_on <= %(on)s AND to_on >= %(on)s
    ), below AS (
        SELECT post.agency_id AS root, post.agency_id AS code FROM held JOIN identity_post post ON post.id = held.post_id
        UNION
        SELECT below.root, agency.code FROM below JOIN identity_agency agency ON agency.parent_id = below.code
    )
    SELECT post.id, post.title, post.scope, post.role, post.capabilities, post.agency_id, agency.short_name,
        (SELECT array_agg(code) FROM below WHERE root = post.agency_id), held.as_deputy
    FROM held
    JOIN identity_post post ON post.id = held.post_id
    JOIN identity_agency agency ON agency.code = post.agency_id
    ORDER BY held.as_deputy, held.from_on, held.id
"""
POWER = """
    SELECT power FROM identity_administratorappointment
    WHERE person_id = %(person)s AND from_on <= %(on)s AND (to_on IS NULL OR to_on >= %(on)s)
    ORDER BY id LIMIT 1
"""


class Held(NamedTuple):
    """A post that is held, own posts before deputised ones. ``below`` is its agency and every agency under it."""

    post_id: int
    title: str
    scope: str
    role: str
    capabilities: list[str]
    agency_code: str
    agency_name: str
    below: list[str]
    as_deputy: bool


def posts_held(person_id: int, on: date) -> list[Held]:
    """The posts of a person on a day: own ones in the order in which they were taken up, then deputised ones."""
    with connection.cursor() as cursor:
        cursor.execute(POSTS, {"person": person_id, "on": on})
        return [Held(*row) for row in cursor.fetchall()]


def power_held(person_id: int, on: date) -> str:
    """The administrator power of a person on a day; empty for all others."""
    with connection.cursor() as cursor:
        cursor.execute(POWER, {"person": person_id, "on": on})
        row = cursor.fetchone()
    return row[0] if row else ""
