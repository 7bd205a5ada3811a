"""tijdig: rent-arrears work done in good time. The rooms and their order are in pyproject.toml."""

__version__ = "0.1.0"
