"""The daily quiz and each person's own review. Knows no Slack and no database."""
