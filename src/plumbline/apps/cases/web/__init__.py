"""The pages of casework: list, case, steps, approvals, review, opening."""
