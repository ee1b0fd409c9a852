"""What Försäkringskassan asks: form files, answers, rules, the signed certificate."""
