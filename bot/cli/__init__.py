"""The `factbot` command, one file per group of commands."""
