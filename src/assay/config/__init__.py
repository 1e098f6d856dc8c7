"""Text and a mapping of variables become settings. Reads no file and no environment by itself."""

from assay.config.models_file import parse_models
from assay.config.resolve import Configured, Secret, resolve
from assay.config.short_forms import PROVIDERS, parse_short_form

__all__ = ["PROVIDERS", "Configured", "Secret", "parse_models", "parse_short_form", "resolve"]
