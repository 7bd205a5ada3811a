"""What came from outside is read in a process of its own, with limits: what hangs, explodes or dies there dies alone."""
