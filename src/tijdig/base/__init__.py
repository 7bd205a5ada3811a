"""Money in whole cents, days, reasons and error values: what every room speaks."""
