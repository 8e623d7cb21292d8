"""The words of an edition as plain values (pure), and what can be said of them."""
