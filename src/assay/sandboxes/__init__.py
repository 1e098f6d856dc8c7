"""Where untrusted code runs: boxes that isolate, toolchains that know a language, a judge that uses both."""
