"""A workspace's own view of the facts, as plain values."""
