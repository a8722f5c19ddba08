"""Judging many matters at once: rules as a flat program, events as columns, one array kernel.

The reader for one matter (``evaluate``) and this one give the same verdicts; the tests compare them. Numba, DuckDB,
PyArrow and PySpark are imported in this package alone.
"""
