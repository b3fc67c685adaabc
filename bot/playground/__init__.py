"""A local Slack: what it accepts, and a server that answers as it does."""
