"""Days on one axis: the timeline of a case or a patient, and the ruler against the recommended time."""
