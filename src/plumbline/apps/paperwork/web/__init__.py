"""Pages of documents: drafting and reading, signatures, templates, public verification."""
