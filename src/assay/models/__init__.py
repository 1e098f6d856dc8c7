"""What answers: transport × wire format, an in-process model, a program, recorded answers, the stored ones.

Everything here implements `core.ports.Model`: one `reply` is one physical call, and it fails with ProviderError.
"""
