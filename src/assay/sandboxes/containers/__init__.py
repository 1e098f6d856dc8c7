"""The container sandbox: both seams over the `docker` or `podman` command, where the built-in one cannot be."""
