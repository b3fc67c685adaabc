"""The playground: a page that looks like Slack, with the bot behind it."""
