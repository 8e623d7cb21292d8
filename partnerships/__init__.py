"""Who works together and who may do what: people, councils, partnerships, sign-in."""
