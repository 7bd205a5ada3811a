"""A made-up year as a corporation lives it, day by day: its books, its tenants, its people, its post, and who looks on."""
