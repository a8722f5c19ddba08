"""Pages of supervision: alerts, the ways out of them, and instruments."""
