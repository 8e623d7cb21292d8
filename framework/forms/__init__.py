"""What people send: checked, and refused with a sentence that says why."""
