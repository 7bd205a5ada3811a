"""Working with a partner: the agreement with its KPIs, handing a file over, what a partner sees, and how a file ends."""
