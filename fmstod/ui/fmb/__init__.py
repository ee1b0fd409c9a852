"""The column of recommendations: what FMB says for the diagnoses, the questions that decide which, and its source."""
