"""How long: day counts of a sick-leave case."""
