"""Chat templates written for these tests, each as some family of models has them; none is anybody's own."""

from __future__ import annotations

_TURNS = "{% for m in messages %}<|im_start|>{{ m.role }}\n{% if m.content %}{{ m.content }}{% endif %}"
_END = "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"

HERMES = (
    "{% if tools %}<tools>{% for t in tools %}{{ t | tojson }}{% endfor %}</tools>{% endif %}"
    + _TURNS
    + "{% for c in m.tool_calls %}\n<tool_call>\n"
    '{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}}\n</tool_call>{% endfor %}'
    + _END
)
XML = (
    _TURNS + "{% for c in m.tool_calls %}\n<tool_call>\n<function={{ c.function.name }}>\n"
    "{% for k, v in c.function.arguments.items() %}<parameter={{ k }}>\n"
    "{{ v if v is string else v | tojson }}\n</parameter>\n{% endfor %}</function>\n</tool_call>{% endfor %}" + _END
)
LLAMA = (
    "Environment: ipython\n" + _TURNS + "{% if m.tool_calls %}{% if m.tool_calls | length != 1 %}"
    "{{ raise_exception('This model only supports single tool-calls at once!') }}{% endif %}"
    '{"name": "{{ m.tool_calls[0].function.name }}", "parameters": {{ m.tool_calls[0].function.arguments | tojson }}}'
    "{% endif %}" + _END
)
DEEPSEEK = (
    _TURNS + "{% if m.tool_calls %}<｜tool▁calls▁begin｜>{% for c in m.tool_calls %}"
    "{{ '<｜tool▁call▁begin｜>function<｜tool▁sep｜>' + c.function.name + '\n```json\n' + c.function.arguments"
    " + '\n```<｜tool▁call▁end｜>' }}{% if not loop.last %}{{ '\n' }}{% endif %}{% endfor %}<｜tool▁calls▁end｜>{% endif %}"
    + _END
)
"""Joins the arguments as text, so that an object is an error."""
MISTRAL = (
    _TURNS + "{% if m.tool_calls %}[TOOL_CALLS] [{% for c in m.tool_calls %}{% if c.id | length != 9 %}"
    "{{ raise_exception('ids have nine characters') }}{% endif %}"
    '{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}, "id": "{{ c.id }}"}'
    "{% if not loop.last %}, {% endif %}{% endfor %}]{% endif %}" + _END
)
APPENDING = (
    "{% set ns = namespace(seen=[]) %}{% for m in messages %}{% do ns.seen.append(m.role) %}{{ m.role }}: "
    "{% generation %}{{ m.content }}{% if m.tool_calls %}<|tool_calls_section_begin|>{% for c in m.tool_calls %}"
    "<|tool_call_begin|>{{ c.id }}<|tool_call_argument_begin|>{{ c.function.arguments | tojson }}<|tool_call_end|>"
    "{% endfor %}<|tool_calls_section_end|>{% endif %}{% endgeneration %}\n{% endfor %}"
)
"""Appends to lists, marks what is generated, and has the call's name in its id."""
SILENT = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}"
"""Leaves calls out."""

WRITES = {
    "hermes": HERMES,
    "qwen3_coder": XML,
    "llama3_json": LLAMA,
    "deepseek_v3": DEEPSEEK,
    "mistral_v3": MISTRAL,
    "kimi_k2": APPENDING,
}

HOSTILE = {
    "loops": "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
    "range": "{% for i in range(10**9) %}{% endfor %}",
    "long range": "{{ range(999999999) | list | length }}",
    "doubling ~": "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "doubling +": "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "doubling blocks": "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set n.x %}{{ n.x }}{{ n.x }}"
    "{% endset %}{% endfor %}",
    "doubling lists": "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "nesting lists": "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}"
    "{{ n.x | tojson }}",
    "extending": "{% set a = [1, 2] %}{% for i in range(60) %}{% do a.extend(a) %}{% endfor %}",
    "macros": "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
    "endless macro": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "times": "{{ 'a' * 999999999 }}",
    "power": "{{ 2 ** 999999999 }}",
    "percent": "{{ '%999999999d' % 1 }}",
    "format width": "{{ '{:999999999}'.format(1) }}",
    "justify": "{{ 'a'.ljust(999999999) }}",
    "centre": "{{ 'a' | center(999999999) }}",
    "indent": "{{ [1] | tojson(indent=999999999) }}",
    "replace": "{{ ('a' * 99999).replace('a', 'b' * 99999) | length }}",
    "join": "{{ (['a' * 9999] * 9999) | join('b' * 9999) | length }}",
    "bytes": "{{ (1).to_bytes(999999999, 'big') | length }}",
    "keys": "{{ dict.fromkeys('abc') }}",
    "self": "{% set a = [] %}{% do a.append(a) %}{{ a | tojson }}",
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals": "{{ raise_exception.__globals__.sys }}",
    "imports": "{% include '/etc/passwd' %}",
    "brackets": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "unfinished": "{% for m in messages %}",
}
