"""What an operator needs: logs, metrics, shutdown, the checks of `factbot doctor`."""
