"""Where a function of AWS Lambda finds its handler."""

from bot.servers.aws_lambda import handler as handler
