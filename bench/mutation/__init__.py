"""Mutation testing of the law and of the tree reader: is there a test that notices when a line says something else?

See ``__main__`` for the command, and docs/reference/mutation.md for the last report.
"""
