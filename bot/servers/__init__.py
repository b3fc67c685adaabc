"""Servers that receive requests: HTTP and its pages, Socket Mode, AWS Lambda."""
