"""What becomes of a signed case: its states, its papers on their way out, Försäkringskassan's questions."""
