"""What pages ask the database about who works together: reads, never writes."""
