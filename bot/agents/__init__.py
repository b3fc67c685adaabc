"""The facts for coding agents, as tools of the Model Context Protocol.

https://modelcontextprotocol.io
"""
