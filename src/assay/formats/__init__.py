"""Forms of text and bytes, translated: wire formats, values, code in prose. Pure: no clock, socket or file."""
