"""models.yaml: its text becomes entries. Every fault is told with the line that it stands on."""

from __future__ import annotations

from typing import Any

import yaml

from assay.config.entry import KEYS, ModelEntry, read_entry
from assay.core.errors import UserError
from assay.core.names import did_you_mean


def parse_models(text: str, *, where: str) -> list[ModelEntry]:
    """All entries of a models file. Raises UserError with one line per fault, all faults at once."""
    root = _compose(text, where=where)
    if not isinstance(root, yaml.MappingNode):
        raise UserError(f"{where}: expected a mapping with the key `models:` at the top")
    _refuse_doubled(root, where=where)
    for key, _ in root.value:
        if key.value != "models":
            raise UserError(
                f"{where}:{key.start_mark.line + 1}: unknown key '{key.value}'; {did_you_mean(key.value, ['models'])}"
            )
    listed = next((value for _, value in root.value), None)
    if not isinstance(listed, yaml.SequenceNode) or not listed.value:
        raise UserError(f"{where}: `models:` must be a list with at least one entry")
    return _read_entries(listed, where=where)


def _read_entries(listed: yaml.SequenceNode, *, where: str) -> list[ModelEntry]:
    entries: list[ModelEntry] = []
    faults: list[str] = []
    lines: dict[str, int] = {}
    for node in listed.value:
        line = node.start_mark.line + 1
        try:
            if not isinstance(node, yaml.MappingNode):
                raise UserError(f"{where}:{line}: an entry must be a mapping (`- name: …`)")
            entry = read_entry(_construct(node, where=where), where=f"{where}:{line}")
            if entry.name in lines:
                raise UserError(
                    f"{where}:{line}: the name '{entry.name}' is taken by line {lines[entry.name]}; names must differ"
                )
        except UserError as fault:
            faults.append(str(fault))
        else:
            lines[entry.name] = line
            entries.append(entry)
    if faults:
        raise UserError("\n".join(faults))
    return entries


def _compose(text: str, *, where: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise UserError(f"{where}{line}: not valid YAML: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise UserError(f"{where}: not valid YAML: {' '.join(str(error).split())}") from error
    except RecursionError as error:
        raise UserError(f"{where}: its brackets are nested too deep") from error


def _construct(node: yaml.MappingNode, *, where: str) -> dict[str, Any]:
    """The entry as values, with what `<<: *other` brings in: its own keys stand above those of the other."""
    _refuse_doubled(node, where=where)
    loader = yaml.SafeLoader("")
    try:
        loader.flatten_mapping(node)
        _refuse_unknown_keys(node, where=where)
        value: dict[str, Any] = loader.construct_document(node)
        return value
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or node.start_mark
        raise UserError(f"{where}:{place.line + 1}: not valid YAML: {error.problem or error.context}") from error
    finally:
        loader.dispose()


def _refuse_unknown_keys(node: yaml.MappingNode, *, where: str) -> None:
    """Here and not only in read_entry, because only here is the line of the key itself known."""
    for key, _ in node.value:
        if key.value not in KEYS:
            raise UserError(
                f"{where}:{key.start_mark.line + 1}: unknown key '{key.value}'; {did_you_mean(str(key.value), KEYS)}"
            )


def _refuse_doubled(node: yaml.MappingNode, *, where: str) -> None:
    """YAML lets the last of two equal keys win in silence; a person never means that."""
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise UserError(f"{where}:{key.start_mark.line + 1}: a key must be a word")
        if key.value in seen:
            raise UserError(f"{where}:{key.start_mark.line + 1}: the key '{key.value}' stands twice in one entry")
        seen.add(key.value)
