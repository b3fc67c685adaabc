"""How factbot talks: the command line, Slack, HTTP."""
