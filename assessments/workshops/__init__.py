"""The live session: what its screens show, and the prompts to talk by."""
