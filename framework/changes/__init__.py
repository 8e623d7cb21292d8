"""What changed between two editions, what kind of change it was, and what that does to comparisons."""
