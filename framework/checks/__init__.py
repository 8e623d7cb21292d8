"""What is found about a draft before it is published."""
