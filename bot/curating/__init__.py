"""How a workspace adds to the facts and reviews them, and who may do it."""
