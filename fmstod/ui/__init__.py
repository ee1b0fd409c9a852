"""The windows: widgets without rules, models without widgets."""
