"""The daily quiz and each person's own review. Knows neither Slack nor the database."""
