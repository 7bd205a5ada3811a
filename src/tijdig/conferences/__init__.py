"""The case conference: which cases go to the group, with what question, and what the group decided."""
