"""Sheets from people, pasted or uploaded: from bytes to rows of text to checked values."""
