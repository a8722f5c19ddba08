"""An officer's month, for the officer alone: how many cases closed, how long they took, how many clocks were kept."""

from __future__ import annotations

from datetime import date

from django.db import connection

from .contract import OfficerMonth

# Added up in the database: an agency has thousands of clocks in a month, and a page wants a number for each officer.
CLOSED = """
    SELECT o.number, count(*), sum(c.closed_on - coalesce(c.filed_on, c.opened_on))
    FROM cases c JOIN case_officers o ON o.case_id = c.id
    WHERE c.agency_id = %s AND c.closed_on BETWEEN %s AND %s
    GROUP BY o.number
"""
FELL_DUE = """
    WITH ended AS (
        SELECT matter_id, count(*) AS due, count(*) FILTER (WHERE verdict = 'met') AS met
        FROM verdicts
        WHERE agency_code = %s AND due_on BETWEEN %s AND %s AND verdict IN ('met', 'breached') AND days_limit IS NOT NULL
        GROUP BY matter_id
    )
    SELECT o.number, sum(ended.due), sum(ended.met)
    FROM ended JOIN cases c USING (matter_id) JOIN case_officers o ON o.case_id = c.id
    WHERE c.agency_id = %s
    GROUP BY o.number
"""


def officer_months(agency: str, first: date, last: date) -> dict[str, OfficerMonth]:
    """Every officer's month in an agency, in two queries."""
    with connection.cursor() as cursor:
        cursor.execute(CLOSED, [agency, first, last])
        closed = {number: (count, days) for number, count, days in cursor.fetchall()}
        cursor.execute(FELL_DUE, [agency, first, last, agency])
        ended = {number: (int(due), int(met)) for number, due, met in cursor.fetchall()}
    months = {}
    for number in closed.keys() | ended.keys():
        count, days = closed.get(number, (0, 0))
        due, met = ended.get(number, (0, 0))
        months[number] = OfficerMonth(
            closed=count, days=round(days / count) if count else None, in_time=met, due=due
        )
    return months
