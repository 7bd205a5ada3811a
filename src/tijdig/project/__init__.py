"""Settings, addresses and the server: where the house is wired together."""
