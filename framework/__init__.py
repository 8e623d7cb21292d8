"""What is rated: frameworks, their editions, areas, actions and levels."""
