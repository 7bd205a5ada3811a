"""The uniform way of working as dated, versioned data."""
