"""How somebody gets in: what allauth leaves open, and counting wrong tries."""
