"""A strict stand-in for Slack, shared by tests, benchmarks and the playground."""
