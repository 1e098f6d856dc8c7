"""The shell texts that run inside a container.

Whatever the image, all that is asked of it is `sh` with coreutils and findutils, or BusyBox. Pure text: nothing
here runs anything. A text that goes in by `READ_LINE` is one line, so that the rest of standard input is left to
the command, and so that nobody on the host can read it in a list of processes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from assay.core.task import Limits

OURS = "/run/assay"
"""A small file system of ours: what an answer writes on its channel, and how its command ended."""
_OWN = f"{OURS}/own"
SPARE = f"{OURS}/spare"
"""A folder that commands may write to as well: standard input, where a channel takes its place; the driver."""
READ_LINE = 'IFS= read -r line; eval "$line"'
NO_ROOM = 44
"""The exit code of a launch that had no room for its files."""
NOTHING_THERE = 45
HEAD = b"assay: go\n"
"""The first words of a launch on standard error: nothing that runs later can take them back, so that no answer can
make it seem that it never ran."""
MARKS = ("ended", "full", "said")
"""Files that a launch, and so an answer, may write to: they tell how it went, and are believed to its own cost."""
CHANNEL_MOST = 64 << 20

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_FILES_OPEN = 1024
_STACK_KIB = 64 << 10
_PLAIN = frozenset(range(0x20, 0x7F)) - set(b"%\\'")
_OCTAL = tuple(chr(byte) if byte in _PLAIN else f"\\{byte:03o}" for byte in range(256))

# It stands by as another user than the commands, holds no descriptor of theirs, and while they live it uses
# builtins only: where an answer has used up all processes, a fork would be the end of a shell.
KEEPER = f"""
PATH={_PATH}:$PATH
umask 022; mkdir {_OWN} || exit 1
umask 000; mkdir {SPARE} || exit 1
cd {_OWN} || exit 1
chmod 1777 /tmp 2>/dev/null
group=/sys/fs/cgroup
cpu=-1 peak= stat= events= crowd=
if [ -r $group/cpu.stat ]; then
  meter() {{ find $group/cpu.stat usage_usec; cpu=${{found}}000; }}
  peak=$group/memory.peak stat=$group/memory.stat events=$group/memory.events crowd=$group/pids.events
elif [ -r $group/cpuacct/cpuacct.usage ]; then
  meter() {{ read -r cpu < $group/cpuacct/cpuacct.usage; }}
  peak=$group/memory/memory.max_usage_in_bytes stat=$group/memory/memory.stat
  events=$group/memory/memory.oom_control crowd=$group/pids/pids.events
else
  meter() {{ :; }}
fi
find() {{
  found=0
  [ -r "$1" ] || return 0
  while read -r key value; do
    if [ "$key" = "$2" ]; then found=$value; return 0; fi
  done < "$1"
}}
look() {{
  meter
  find "$stat" shmem; scratch=$found
  find "$events" oom_kill; kills=$found
  find "$crowd" max; refusals=$found
  top=0
  if [ -r "$peak" ]; then read -r top < "$peak"; fi
}}
count() {{
  alive=0
  for entry in /proc/[0-9]*; do
    case ${{entry#/proc/}} in 1|$$) continue;; esac
    line=
    {{ IFS= read -r line < "$entry/stat"; }} 2>/dev/null
    case ${{line##*) }} in ''|Z*|X*) ;; *) alive=$((alive + 1));; esac
  done
}}
reset() {{
  for mark in out {" ".join(MARKS)}; do true > $mark; done
}}
alive=0
reset
echo ready
while read -r order number most; do
  case $order in
    begin) reset; look;;
    look) look;;
    kill) kill -9 -1 2>/dev/null; look; count;;
    out) echo "$number $(wc -c < out)"; head -c "$most" out; continue;;
  esac
  marked=
  for mark in {" ".join(MARKS)}; do
    if [ -s $mark ]; then marked="$marked $mark"; fi
  done
  echo "$number $cpu $scratch $kills $refusals $top $alive$marked"
done
"""

_PLACE = (
    'place() { here=.; [ -w . ] || chmod u+rwx .; while [ $# -gt 1 ]; do here="$here/$1"; shift; '
    'if [ -L "$here" ] || [ ! -d "$here" ]; then [ -e "$here" ] || [ -L "$here" ] && rm -f "$here"; '
    'mkdir "$here" || return 1; elif [ ! -w "$here" ] || [ ! -x "$here" ]; then chmod u+rwx "$here"; fi; done; '
    'here="$here/$1"; if [ -d "$here" ] && [ ! -L "$here" ]; then n=$((n + 1)); mv "$here" ".displaced-$$-$n"; '
    'elif [ -e "$here" ] || [ -L "$here" ]; then rm -f "$here"; fi; }; n=0; '
)  # fmt: skip
_REACH = (
    'reach() { here=.; [ -x . ] || chmod u+rwx .; while [ $# -gt 1 ]; do here="$here/$1"; shift; '
    'if [ -L "$here" ] || [ ! -d "$here" ]; then return 1; fi; [ -x "$here" ] || chmod u+rwx "$here"; done; '
    'here="$here/$1"; if [ -L "$here" ] || [ ! -f "$here" ]; then return 1; fi; '
    '[ -r "$here" ] || chmod u+r "$here"; }; '
)  # fmt: skip
_LIST = (
    "find . -type d ! -perm -700 -exec chmod u+rwx {} ';' 2>/dev/null; "
    "find . -type f ! -perm -400 -exec chmod u+r {} ';' 2>/dev/null; "
    r"find . -type f -perm -100 -print0 2>/dev/null; printf '\000'; "
    r"N=$(printf '\n.'); N=${N%.}; R=$(printf '\r'); B='*\\*'; "
    r"""find . -type f ! -path "*$N*" ! -path "*$R*" ! -path "$B" -exec sha256sum {} + 2>/dev/null; printf '\000'; """
    # Programs disagree on how such names are shown.
    r"""find . -type f "(" -path "*$N*" -o -path "*$R*" -o -path "$B" ")" -exec sh -c """
    r"""'for f do s=$(sha256sum < "$f"); printf "%s  %s\000" "${s%% *}" "$f"; done' sh {} + 2>/dev/null; :"""
)


def quoted(word: str) -> str:
    """One word of a one-line text, whatever is in it; bytes that are no UTF-8 come and go as surrogates."""
    return "'" + word.replace("'", "'\\''").replace("\n", "'\"$N\"'") + "'"


def line(text: str) -> bytes:
    newline = "N=$(printf '\\n.'); N=${N%.}; " if '"$N"' in text else ""
    return f"{newline}{text}\n".encode("utf-8", "surrogateescape")


def _parts(path: str) -> str:
    return " ".join(quoted(part) for part in path.split("/"))


def into(folder: str) -> str:
    return f"PATH={_PATH}:$PATH; umask 022; {_enter(folder)}"


def _enter(folder: str) -> str:
    """An answer owns its folder, and may have taken from itself the right to enter it."""
    name = quoted(folder)
    return f"cd {name} 2>/dev/null || {{ chmod u+rwx {name} && cd {name}; }} || exit 1; "


def writes(files: Mapping[str, bytes], *, otherwise: str) -> str:
    """Writes files below the current folder; what stands in their way goes, and no link is followed."""
    if not files:
        return ""
    steps = []
    for path, data in files.items():
        text = "".join([_OCTAL[byte] for byte in data])
        text = f"\\055{text[1:]}" if text.startswith("-") else text
        steps.append(f"place {_parts(path)} && printf '{text}' > \"$here\" || {{ {otherwise}; }}; ")
    return _PLACE + "".join(steps)


def receive(folder: str, path: str) -> str:
    """Standard input becomes one file."""
    return f'{into(folder)}{_PLACE}place {_parts(path)} && cat > "$here"'


def take(folder: str, path: str, most: int) -> str:
    return f'{into(folder)}{_REACH}reach {_parts(path)} || exit {NOTHING_THERE}; head -c {most} "$here"'


def take_all(folder: str, paths: Iterable[str]) -> str:
    """Each file's size on a line, -1 where there is none, and then its bytes."""
    each = [f'if reach {_parts(path)}; then wc -c < "$here"; cat "$here"; else echo -1; fi; ' for path in paths]
    return into(folder) + _REACH + "".join(each)


def listing(folder: str) -> str:
    """Names of executable files, each ended by a zero byte; one more; lines of SHA-256 and name; one more; and the
    same for names with a line end or a backslash in them, each ended by a zero byte."""
    return into(folder) + _LIST


def listed(output: bytes) -> dict[str, str]:
    """What `listing` printed: path to a word that changes with content and executability."""
    records = output.split(b"\0")
    middle = records.index(b"")
    executable = set(records[:middle])
    sums = records[middle + 1].split(b"\n") if len(records) > middle + 1 else []
    found: dict[str, str] = {}
    for entry in sums + records[middle + 2 :]:
        digest, _, name = entry.partition(b"  ")
        if name:
            path = name.removeprefix(b"./").decode("utf-8", "surrogateescape")
            found[path] = f"{'x' if name in executable else '-'}{digest.decode(errors='replace')}"
    return found


def launch(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    folder: str,
    cwd: str,
    limits: Limits,
    files: Mapping[str, bytes],
    spare: Mapping[str, bytes],
    channel: bool,
    stdin: str,
) -> bytes:
    """The line that starts one command, waits for it, ends what it left behind, and says how it went.

    With a channel, the rest of standard input is what the command reads on descriptor 3, descriptor 4 is a file of
    the keeper's, and its own standard input is the spare file `stdin`, or nothing.
    """
    full, absent = f"exit {NO_ROOM}", quoted(f"cannot enter {cwd}: no such folder")
    ends = "1>&1 2>&5 5>&-"
    if channel:
        given = f"0<{SPARE}/{stdin}" if stdin else "0</dev/null"
        ends = f"3<&0 {given} 4>{_OWN}/out {ends}"
    words = " ".join(quoted(word) for word in argv[1:])
    settings = " ".join(quoted(f"{name}={value}") for name, value in env.items())
    probes = f"{quoted(folder)}/.room-$$ /tmp/.room-$$"
    steps = [
        f"PATH={_PATH}:$PATH; umask 022; exec 5>&2 2>/dev/null; ",
        "echo 1000 > /proc/self/oom_score_adj; ",
        f"cd {SPARE} || exit 1; {writes(spare, otherwise=full)}" if spare else "",
        f"{_enter(folder)}{writes(files, otherwise=full)}",
        f"echo '{HEAD.decode().strip()}' >&5; cd {quoted(cwd)} || {{ echo {absent} >&5; exit 126; }}; ",
        _found(argv[0], env.get("PATH", "/usr/local/bin:/usr/bin:/bin")),
        f"ulimit -t {2 * math.ceil(limits.cpu) + 1}; ulimit -f {limits.disk << 11}; ulimit -n {_FILES_OPEN}; ",
        # A shell says on its own standard error that a program was ended by a signal: only so is that told from
        # an exit code above 128. Bash does not.
        f"ulimit -s {_STACK_KIB}; exec 2>>{_OWN}/said; ",
        f'(exec env -i {settings} "$found" {words} {ends}); code=$?; exec 2>/dev/null; {_mark("ended")}kill -9 -1; ',
        f'[ -z "$BASH_VERSION" ] || [ $code -le 128 ] || {_mark("said")}',
        f"[ $code = 0 ] || {{ for f in {probes}; do [ ! -w ${{f%/*}} ] || true > $f || {_mark('full')}done; ",
        f"rm -f {probes}; }}; exit $code",
    ]
    return line("".join(steps))


def _mark(name: str) -> str:
    return f"echo > {_OWN}/{name}; "


def _found(program: str, path: str) -> str:
    """Finds a program as a shell would, but on the command's own PATH."""
    if "/" in program:
        return f"found={quoted(program)}; "
    name = quoted(program)
    return (
        f"found=; path={quoted(path)}; IFS=:; set -f; for f in $path; do "
        f'if [ -f "$f"/{name} ] && [ -x "$f"/{name} ]; then found="$f"/{name}; break; fi; done; set +f; unset IFS; '
        f'[ "$found" ] || {{ echo {name}": command not found" >&5; exit 127; }}; '
    )
