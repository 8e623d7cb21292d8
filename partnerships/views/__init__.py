"""Pages: whom they let in, what they ask for, which template shows it."""
