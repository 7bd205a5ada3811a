"""The engine: portfolio columns, imputation, position, next step, explanation. Wholly pure."""
