"""What the physician reasons about: frozen records and pure functions, no Qt, no SQL, no clock, no I/O."""
