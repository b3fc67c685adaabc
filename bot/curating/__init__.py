"""What a workspace adds to the facts, and who may do it."""
