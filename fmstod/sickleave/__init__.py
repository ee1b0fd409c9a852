"""What the law ties to the days of a sick-leave case."""
