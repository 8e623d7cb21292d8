"""What becomes of mail."""
