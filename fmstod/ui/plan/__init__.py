"""Step 6, the plan: its page, ideas, step-down, versions and quiet aids."""
