"""From a question to ranked facts, and how certain the best one is."""
