"""Tenants, homes, leases and rent history; personal text apart from facts."""
