"""Socialstyrelsen's export files: read, understood, and turned into the facts of `diagnoses/`."""
