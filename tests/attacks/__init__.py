"""Programs that mean harm, and the promise that they do none."""
