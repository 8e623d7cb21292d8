"""How fast and how light, always beside the same thing done bare, in the same run on the same server."""
