"""From a reply to code, the way a reader would take it.

One file is wanted (`file`): thinking is removed, the blocks are read, and the choice falls on

1. blocks that name the wanted file, if there are any; else blocks in its language, then in a kin language,
   then without a word, then all others: the first of these groups that defines the most of what is wanted;
2. in it, the blocks that define the most of what is wanted; of those the last, unless it is less than
   half as long as the longest, which is then taken;
3. where no block defines all that is wanted and several together define more, these joined in order;
4. in Python, before the block that is taken, those that stand before it and bring what it uses and lacks: imports and
   helpers are often shown apart.

Without a block, or where only what stands outside of the blocks defines what is wanted (an example is fenced, or a
fence ends code that began before the reply), the reply itself is code if some of its lines can be nothing else;
sentences before and after are left out. Several files (`files`): each block that says which file it is. Whether a model
refused is never guessed here: words are no signal.
"""

from __future__ import annotations

import re

import msgspec

from assay.core.task import Extract
from assay.formats.asserted import ASSERTED, take_side
from assay.formats.block_paths import block_language, block_path
from assay.formats.code_shapes import brought, defined, names_of, without_prose, words
from assay.formats.fences import Block, Reading, read_blocks
from assay.formats.languages import fence_word, language_of_path
from assay.formats.official_code import FORMS as OFFICIAL
from assay.formats.said import Said, written

EDITION = 2
"""Raised whenever some reply is taken otherwise than before: its verdict is then another judge's."""
LARGEST = 16 * 1024 * 1024
"""Bytes of a reply; a larger one is no answer."""


class Taken(msgspec.Struct, frozen=True):
    """What a reply holds: files, or the reason why there are none."""

    files: dict[str, str] = {}
    text: str = ""
    """For form `text`: the words, without the thinking."""
    problem: str = ""
    """Empty when something was taken."""


def edition(form: str) -> int:
    """Of the way in which replies are taken; 0 for forms that cannot change, as they are no choice of ours."""
    return 0 if form in ("reply", "raw", *OFFICIAL) else EDITION


def take_code(reply: str, extract: Extract, *, language: str) -> Taken:
    """Takes out of `reply` what `extract` asks for. Never fails; linear in the reply's length."""
    if len(reply) * 4 > LARGEST and len(reply.encode("utf-8", "replace")) > LARGEST:
        return Taken(problem=f"the reply is larger than {LARGEST >> 20} MiB")
    reply = reply.encode("utf-8", "replace").decode("utf-8")
    if extract.form == "reply":
        return Taken({extract.path: written(Said(text=reply))})
    if extract.form == "raw" and reply:
        return Taken({extract.path: reply.removeprefix("\ufeff")})
    if not reply.strip("\ufeff \t\r\n"):
        return Taken(problem="the reply is empty")
    if extract.form in OFFICIAL:
        code = OFFICIAL[extract.form](reply)
        return Taken({extract.path: code}) if code else Taken(problem="there is no fenced block in the reply")
    reading = read_blocks(reply)
    if reading.thinking_only:
        return Taken(problem="the reply ends inside its thinking")
    if extract.form == "text":
        words = reading.prose.strip()
        return Taken(text=words) if words else Taken(problem="the reply is empty but for its thinking")
    if extract.form in ASSERTED:
        side = take_side(reading.prose, extract.form)
        return Taken({extract.path: side}) if side else Taken(problem="there is no assertion in the reply")
    if extract.form == "files":
        return _take_files(reading, extract, language)
    if extract.form in ("span", "lines"):
        return _take_span(reading, extract, language)
    return _take_file(reading, extract, language)


# --- one file ---------------------------------------------------------------------------------------

_KIN = {"typescript": ("javascript",), "cpp": ("c",), "javascript": ("typescript",), "c": ("cpp",)}
_NO_CODE = frozenset(
    [
        "text",
        "txt",
        "plaintext",
        "plain",
        "output",
        "console",
        "terminal",
        "log",
        "diff",
        "patch",
        "mermaid",
        "stdout",
        "stdin",
    ]
)


def _take_file(reading: Reading, extract: Extract, language: str) -> Taken:
    language = language_of_path(extract.path) or language
    wanted = names_of(extract.api)
    blocks = [block for block in _unwrapped(reading.blocks, language) if block.body.strip()]
    code = _choose(blocks, extract.path, wanted, language) if blocks else ""
    if not reading.blocks:
        code = _unfenced(reading.prose, wanted, language)
    elif not defined(code, wanted, language) and defined(reading.outside, wanted, language) and not _is_body(code):
        code = _unfenced(reading.outside, wanted, language)
    elif not blocks:
        return Taken(problem="the code block is empty")
    if not code.strip():
        return Taken(problem="there is no code in the reply")
    return Taken({extract.path: _with_signature(code, extract.api, wanted, language)})


def _unwrapped(blocks: tuple[Block, ...], language: str) -> list[Block]:
    """The blocks, and instead of one that wraps a whole reply (Markdown, or a bare fence) those in it."""
    found: list[Block] = []
    for block in blocks:
        said = block_language(block)
        wraps = said == "markdown" or (said == "" and block.body.lstrip().startswith("```"))
        if wraps and language != "markdown" and not block_path(block):
            found += read_blocks(block.body).blocks or (block,)
        else:
            found.append(block)
    return found


def _groups(blocks: list[Block], path: str, language: str) -> list[list[Block]]:
    """The blocks by how likely they are meant as the answer's file."""
    groups: list[list[Block]] = [[] for _ in range(6)]
    kin = _KIN.get(language, ())
    for block in blocks:
        said = block_language(block)
        if block_path(block) in (path, path.rpartition("/")[2]):
            rank = 0
        elif said == language:
            rank = 1
        elif said in kin:
            rank = 2
        elif said == "":
            rank = 3
        else:
            rank = 4 if said == "?" and block.info.lower().split()[0] not in _NO_CODE else 5
        groups[rank].append(block)
    return [group for group in groups if group]


def _choose(blocks: list[Block], path: str, wanted: tuple[str, ...], language: str) -> str:
    best, most = "", -1
    for group in _groups(blocks, path, language):
        code, count = _best_of(group, wanted, language)
        if count > most:
            best, most = code, count
        if most == len(wanted):
            break
    return best


def _best_of(group: list[Block], wanted: tuple[str, ...], language: str) -> tuple[str, int]:
    """The code to take from one group, and how many wanted names it defines."""
    found = [(block, defined(block.body, wanted, language)) for block in group]
    most = max(len(names) for _, names in found)
    together = frozenset().union(*(names for _, names in found))
    if len(together) > most:
        return _joined(found), len(together)
    taken = _last_of([block for block, names in found if len(names) == most])
    before = [block.body for block, names in found[: group.index(taken)] if not names]
    return (_led_by(before, taken.body) if language == "python" else taken.body), most


def _last_of(blocks: list[Block]) -> Block:
    """The last, unless it is less than half as long as the longest."""
    longest = max(len(block.body) for block in blocks)
    return next(block for block in reversed(blocks) if len(block.body) * 2 >= longest)


def _joined(found: list[tuple[Block, frozenset[str]]]) -> str:
    """Blocks that complete one another, in order; of two that define the same, the later one."""
    parts: list[str] = []
    covered: set[str] = set()
    for block, names in reversed(found):
        if names - covered:
            covered |= names
            parts.append(block.body)
    return "\n".join(reversed(parts))


def _led_by(before: list[str], code: str) -> str:
    """`code` behind those of the blocks `before` it that bring what it lacks."""
    parts, used, had = [code], words(code), brought(code)
    for body in reversed(before):
        brings = brought(body)
        if any(name in used and name not in had for name in brings):
            parts.append(body)
            used |= words(body)
            had |= brings
    return "\n".join(reversed(parts))


_ONE_LINE = re.compile(r"(`{1,3})([^`\n]+)\1")


def _unfenced(prose: str, wanted: tuple[str, ...], language: str) -> str:
    text = prose.strip("\n")
    single = _ONE_LINE.fullmatch(text.strip())
    if single:
        return single[2].strip() + "\n"
    code = without_prose(text, language)
    if code or not wanted or language != "python":
        return code
    return text + "\n" if _is_body(text) else ""


def _with_signature(code: str, api: tuple[str, ...], wanted: tuple[str, ...], language: str) -> str:
    """A Python function's body without its head gets the head, if there is just one to be had."""
    heads = [line.strip() for line in api if line.strip().startswith(("def ", "async def "))]
    if language != "python" or len(wanted) != 1 or len(heads) != 1:
        return code
    if defined(code, wanted, language) or not _is_body(code):
        return code
    lines = code.rstrip("\n").split("\n")
    filled = [line for line in lines if line.strip()]
    margin = [line for line in filled if line[0] not in " \t"]
    if margin == filled[:1] and len(filled) > 1 and not filled[0].rstrip().endswith((":", "(", "[", "{")):
        lines = ["    " + line if line is filled[0] else line for line in lines]
    elif margin:
        lines = ["    " + line if line.strip() else line for line in lines]
    return "\n".join([heads[0].rstrip(": ") + ":", *lines]) + "\n"


_RETURN = re.compile(r"^[ \t]*return\b", re.MULTILINE)


def _is_body(code: str) -> bool:
    """It begins inside a function: its first line is indented, or it returns from none of its own."""
    first = next((line for line in code.split("\n") if line.strip()), "")
    if first[:1] in (" ", "\t") or code.startswith("return") or "\nreturn" in code:
        return True
    return "def " not in code and _RETURN.search(code) is not None


# --- a span -----------------------------------------------------------------------------------------


def _take_span(reading: Reading, extract: Extract, language: str) -> Taken:
    """What is to stand in a hole: the block if there is one, else the reply, its first spaces kept. A hole inside a
    line has no line end of its own, and one of whole `lines` ends with one, however a fence or a server left it."""
    blocks = _unwrapped(reading.blocks, language)
    blocks = [block for block in blocks if block.body.strip()] or blocks
    text = _last_of(_groups(blocks, extract.path, language)[0]).body if blocks else reading.prose
    if not blocks and not text.strip():
        return Taken(problem="the reply is empty but for its thinking")
    if extract.form == "lines":
        return Taken({extract.path: text if text.endswith("\n") else text + "\n"})
    return Taken({extract.path: text.removesuffix("\n") if blocks else text})


# --- several files ----------------------------------------------------------------------------------


def _take_files(reading: Reading, extract: Extract, language: str) -> Taken:
    files: dict[str, str] = {}
    nameless = 0
    for block in _unwrapped(reading.blocks, language):
        path = _settled(block_path(block), extract)
        if not path:
            nameless += bool(block.body.strip())
        elif _leaves(path):
            return Taken(problem=f"the path “{path[:100]}” leaves the working folder")
        elif not extract.editable or path in extract.editable:
            files[path] = block.body
    if files:
        return Taken(files)
    if nameless and extract.path:
        return _take_file(reading, extract, language)
    return Taken(problem="no block says which file it is" if nameless else "there is no code block in the reply")


def _settled(path: str, extract: Extract) -> str:
    """`path` as the task calls it, where the reply gave only the end of it or a folder too many."""
    path = path.removeprefix("./")
    known = dict.fromkeys((extract.path, *extract.editable))
    if not path or path in known:
        return path
    close = [name for name in known if name and (name.endswith("/" + path) or path.endswith("/" + name))]
    return close[0] if len(close) == 1 else path


def _leaves(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return path[0] in "/~\\" or ".." in parts or ":" in parts[0] or "\0" in path


def render_files(files: dict[str, str], *, language: str) -> str:
    """A reply that holds `files`: what `take_code` takes back as they are, but that each ends its line."""
    return "\n".join(_render_file(path, content, language) for path, content in files.items())


def _render_file(path: str, content: str, language: str) -> str:
    runs = re.findall(r"`{3,}", content)
    fence = "`" * max([3, *(len(run) + 1 for run in runs)])
    end = "" if not content or content.endswith("\n") else "\n"
    return f"`{path}`\n\n{fence}{fence_word(path, language)}\n{content}{end}{fence}\n"
