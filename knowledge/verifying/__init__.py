"""Compare what facts say with what programs know: botocore's models and cfn-lint's data."""
