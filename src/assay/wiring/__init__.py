"""Names become objects, here and nowhere else: the one place that knows which class stands for what."""
