"""Examines a served model: names its engine, tries what it can do, and says what mends what it cannot."""
