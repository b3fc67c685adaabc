"""Build the file of exact names from the data of installed packages: botocore and cfn-lint."""
