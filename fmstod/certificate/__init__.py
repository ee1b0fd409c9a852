"""What Försäkringskassan asks: form files, answers and their drafts, rules, certificates as files and journal text."""
