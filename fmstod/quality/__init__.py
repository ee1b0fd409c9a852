"""Reads a certificate as a handler would and says what is missing: rules as data, words from lexicons. Pure."""
