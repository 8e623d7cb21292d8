"""What is run from the command line, as `manage.py` and a name."""
