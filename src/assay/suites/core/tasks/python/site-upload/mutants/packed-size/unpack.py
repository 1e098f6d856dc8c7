"""Takes apart the ZIP archives that customers upload."""

import io
import stat
import zipfile

from names import BadUpload, target


def unpack(data: bytes, max_files: int = 100, max_bytes: int = 1_000_000) -> dict[str, bytes]:
    """The files of an archive, by path. Refuses it as a whole if anything in it is not right."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = chosen(archive)
            if len(members) > max_files:
                raise BadUpload(f"more than {max_files} files")
            if sum(info.compress_size for info in members.values()) > max_bytes:
                raise BadUpload(f"more than {max_bytes} bytes")
            return {path: archive.read(info) for path, info in members.items()}
    except BadUpload:
        raise
    except Exception as error:  # of damage, zipfile raises much more than BadZipFile
        raise BadUpload(f"no ZIP archive, or a damaged one: {error}") from error


def chosen(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members that are files, by the path they go to."""
    members: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for info in archive.infolist():
        path = target(info.filename)
        if is_link(info):
            raise BadUpload(f"a link: {info.filename}")
        if info.filename.endswith(("/", "\\")):
            continue
        if not path or path.casefold() in folded:
            raise BadUpload(f"no name, or a name twice: {info.filename}")
        folded.add(path.casefold())
        members[path] = info
    if any(parent in folded for path in folded for parent in parents(path)):
        raise BadUpload("a file with other files below it")
    return members


def is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]
