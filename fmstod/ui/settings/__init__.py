"""The settings, and who issues."""
