"""Which examples look at files, or at the program that runs them, by the words in them. They could tell a wrong
implementation by its text, by where it lies, or, keeping word from one run to the next, by what most of the others do;
and show nothing of what the code does.
"""

from __future__ import annotations

import re

from assay.graders.example_jobs.base import Asked

_SCRIPT = (
    r"\b(process|__filename|__dirname|eval|Function|globalThis|global|Reflect)\b|\.stack\b|\bimport\.meta\b|\bimport\s*\(|"
    r"\.constructor\s*\(|\brequire\b(?!\s*\(\s*['\"`][^'\"`]*['\"`]\s*\))|"
    r"['\"`](node:)?(fs|path|module|vm|os|child_process|worker_threads|v8|inspector)(/promises)?['\"`]"
)
_WORDS = {
    "python": (
        r"(?<!\.)\b(open|exec|eval|compile|__import__)\(|\bos\.(?!path\b)|"
        r"\b(inspect|linecache|importlib|sys|builtins|__builtins__|__file__|__code__|__loader__|__spec__|tempfile|shutil|"
        r"getattr|globals|vars|__globals__|__dict__|__subclasses__|__closure__|__self__|dis|gc|traceback|"
        r"subprocess|read_text|read_bytes|write_text|write_bytes|touch|mkdir|iterdir)\b"
    ),
    "javascript": _SCRIPT,
    "typescript": _SCRIPT,
    "go": (
        r"\bos\.(?!Std(out|err)\b)|\b(runtime|syscall|unsafe|debug|exec|ioutil|net|plugin)\.|/proc\b|"
        r"(\b(?!import\b)\w+|\.)[ \t]+\"(os|runtime|syscall|unsafe|net)\""
    ),
    "rust": (
        r"\b(env|fs|process|net|os)(::|\s+as\b)|"
        r"\b(include|include_str|include_bytes|env|option_env|file|module_path|asm|global_asm)!|/proc\b"
    ),
    "java": (
        r"\b(System\.(exit|getenv|getPropert\w+|setPropert\w+|clearProperty|in)|ProcessHandle|Runtime|Class\.forName|"
        r"getClass|getResource\w*|ClassLoader|java\.(io|nio|lang\.reflect|util\.(logging|prefs))|Files|FileInputStream|"
        r"FileReader|RandomAccessFile|Integer\.getInteger|Long\.getLong|Boolean\.getBoolean|currentThread|ThreadLocal|"
        r"Locale\.setDefault|TimeZone\.setDefault|Logger|getDeclared\w+|getMethods?|MethodHandles|StackWalker|"
        r"getStackTrace|ServiceLoader|ToolProvider)\b|/proc\b"
    ),
    "cpp": (
        r"\b(fopen|freopen|tmpfile|mkdir|[io]?fstream|filesystem|popen|system|_?_?[eE]xit|quick_exit|dlopen|dlsym|getenv|"
        r"setenv|__FILE__|__BASE_FILE__|__builtin_FILE|source_location|asm|syscall)\b|/proc\b|"
        r"\b(unistd|fcntl|dirent|sys/\w+)\.h\b"
    ),
}
"""What examples of plain functions have no use for, by language."""


def looks_aside(language: str, asked: Asked) -> bool:
    """Whether any of them does, in the code itself or in a file of their own."""
    words = re.compile(_WORDS[language])
    texts = [one.code for all_ in asked.examples.values() for one in all_]
    texts += [text for path, text in asked.answer.items() if path != asked.entry]
    return any(words.search(text) for text in texts)
