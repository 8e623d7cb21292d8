"""The words of an edition as plain values, and what can be said of them."""
