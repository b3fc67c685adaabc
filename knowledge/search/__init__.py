"""From a question to ranked facts, and how sure to be of the best one."""
