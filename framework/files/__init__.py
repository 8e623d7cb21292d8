"""An edition as a YAML file: docs/framework-file.md."""
