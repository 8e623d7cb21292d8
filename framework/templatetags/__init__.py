"""Small pieces that templates put into pages."""
