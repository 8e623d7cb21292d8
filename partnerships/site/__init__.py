"""What every page of the site has around it: its language, and what it may say."""
