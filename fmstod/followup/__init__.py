"""The plan and its follow-up: what can be suggested, drafted, stepped down and compared."""
