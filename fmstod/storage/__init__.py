"""The encrypted store: key file, engine, tables, audit rows, backup."""
