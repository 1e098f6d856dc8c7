"""The built-in sandbox: namespaces, Landlock and seccomp by plain system calls, no helper and no daemon."""
