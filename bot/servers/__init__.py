"""What receives requests: HTTP and its pages, Socket Mode, AWS Lambda."""
