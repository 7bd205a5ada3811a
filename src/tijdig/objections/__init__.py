"""Objections of tenants and the answers of people, as dated facts; and what waits while one is unanswered."""
