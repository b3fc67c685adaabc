"""From a text to a reply, the same wherever it was typed."""
