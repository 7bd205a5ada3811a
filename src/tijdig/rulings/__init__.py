"""What a named person decided about one tenancy, apart from the uniform way of working: with a reason and an end."""
