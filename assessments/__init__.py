"""Reviews: rounds that are rated, their results, workshops, next steps."""
