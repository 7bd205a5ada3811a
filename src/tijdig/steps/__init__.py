"""What was done towards a tenancy, whoever did it, as dated facts."""
