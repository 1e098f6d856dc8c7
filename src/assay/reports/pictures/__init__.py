"""The pictures of a report: one module each, from values to an Altair chart. Altair is imported when one is drawn."""
