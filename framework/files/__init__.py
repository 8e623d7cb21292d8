"""An edition as a YAML file (pure): docs/framework-file.md."""
