"""Which examples look at files, or at the program that runs them, by the words in them. They could tell a wrong
implementation by its text, or by where it lies, and show nothing of what the code does.
"""

from __future__ import annotations

import re

from assay.graders.example_jobs.base import Asked

_SCRIPT = (
    r"\b(process|__filename|__dirname|eval|Function)\b|\bimport\.meta\b|"
    r"['\"`](node:)?(fs|path|module|vm|os|child_process|worker_threads|v8|inspector)(/promises)?['\"`]"
)
_WORDS = {
    "python": (
        r"(?<!\.)\b(open|exec|eval|compile)\(|\bos\.(?!path\b)|"
        r"\b(inspect|linecache|importlib|sys|__file__|__code__|__loader__|__spec__|read_text|read_bytes)\b"
    ),
    "javascript": _SCRIPT,
    "typescript": _SCRIPT,
    "go": r"\bos\.(?!Std(out|err)\b)|\b(runtime|syscall|unsafe|debug|exec)\.|/proc\b",
    "rust": r"\b(env|fs|process)::|\b(include|include_str|include_bytes|file|module_path|asm|global_asm)!|/proc\b",
    "java": (
        r"\b(System\.(exit|getenv|getProperty|in)|ProcessHandle|Runtime|Class\.forName|getClass|getResource\w*|ClassLoader|"
        r"java\.(io|nio|lang\.reflect)|Files|FileInputStream|FileReader|RandomAccessFile)\b|/proc\b"
    ),
    "cpp": (
        r"\b(fopen|i?fstream|popen|system|_?_?[eE]xit|quick_exit|dlopen|dlsym|getenv|__FILE__|__BASE_FILE__|asm|syscall)\b|"
        r"/proc\b"
    ),
}
"""What examples of plain functions have no use for, by language."""


def looks_aside(language: str, asked: Asked) -> bool:
    """Whether any of them does, in the code itself or in a file of their own."""
    words = re.compile(_WORDS[language])
    texts = [one.code for all_ in asked.examples.values() for one in all_]
    texts += [text for path, text in asked.answer.items() if path != asked.entry]
    return any(words.search(text) for text in texts)
