"""The second tier: exact names of AWS's APIs, from the data of installed packages.

It knows what things are called, not what to do about them, and nothing of quotas: the bounds in
AWS's models aren't quotas.
"""
