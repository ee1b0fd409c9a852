"""How words find codes: ranking, everyday words, slips, and the official list of codes as text."""
