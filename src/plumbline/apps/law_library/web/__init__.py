"""The pages of the law library, one module for each kind of page."""
