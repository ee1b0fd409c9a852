"""The list of cases, what waits beside it, and how a case comes in."""
