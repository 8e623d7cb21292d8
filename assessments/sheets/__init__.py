"""Sheets that people bring, read from tables of text."""
