"""A module for each page, and for the parts that only one page has."""
