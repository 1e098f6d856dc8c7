"""The built-in Linux sandbox, tried from inside and from outside."""
