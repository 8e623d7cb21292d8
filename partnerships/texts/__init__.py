"""Text as people type it, made into values."""
