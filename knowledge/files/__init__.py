"""Reading and checking fact files."""
