"""Who works which tenancy: assignments, absences and working time, as dated facts."""
