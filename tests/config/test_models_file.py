"""models.yaml and the short forms: the shape that users know works, and slips are answered in one line."""

from __future__ import annotations

import re

import pytest

from assay.config import parse_models, parse_short_form, resolve
from assay.core.errors import UserError

EXAMPLE = """
models:
  - name: "Claude-Opus"
    type: "openai"
    api_base: "https://api.anthropic.com/v1/"
    api_key: "$ANTHROPIC_API_KEY"
    max_tokens: 4096
  - name: "Gemini-Flash"
    type: "openai"
    api_base: "https://generativelanguage.googleapis.com/v1beta/models/"
    api_key: "$GOOGLE_API_KEY"
    max_tokens: 8192
  - name: "Mistral-7B"
    type: "huggingface"
    repo: "mistralai/Mistral-7B-Instruct-v0.2"
    max_new_tokens: 1024
"""
KEYS = {"ANTHROPIC_API_KEY": "sk-one", "GOOGLE_API_KEY": "sk-two"}


def test_the_three_entries_that_users_know_work_as_they_stand() -> None:
    """Claude through its OpenAI-compatible address, Gemini sent to the right one and said so, a local repo."""
    claude, gemini, mistral = (resolve(entry, KEYS) for entry in parse_models(EXAMPLE, where="models.yaml"))
    assert (claude.entrant.api_base, claude.entrant.model_id) == ("https://api.anthropic.com/v1", "Claude-Opus")
    assert claude.entrant.sampling.max_tokens == 4096
    assert claude.key is not None
    assert claude.key.reveal() == "sk-one"
    assert gemini.entrant.api_base == "https://generativelanguage.googleapis.com/v1beta/openai"
    assert "v1beta/openai" in gemini.entrant.notes[0]
    assert mistral.entrant.repo == "mistralai/Mistral-7B-Instruct-v0.2"
    assert mistral.entrant.sampling.max_tokens == 1024
    assert mistral.entrant.local


def test_what_entries_share_is_written_once() -> None:
    """`<<: *first` brings in the keys of another entry; an entry's own keys stand above them."""
    text = """
models:
  - &first
    name: step-100
    type: openai
    api_base: http://127.0.0.1:8000/v1
    max_tokens: 512
    temperature: 0
  - {<<: *first, name: step-200, max_tokens: 1024}
"""
    one, two = parse_models(text, where="m")
    assert (one.name, one.max_tokens) == ("step-100", 512)
    assert (two.name, two.max_tokens, two.api_base, two.temperature) == ("step-200", 1024, one.api_base, 0)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("type: openai, api_key: '${A_KEY'", "'a': behind ${ stands a variable's name and then }, and nothing else"),
        (
            "type: openai, api_key: '${A_KEY:-sk-SECRET}'",
            "'a': behind ${ stands a variable's name and then }, and nothing else",
        ),
        (
            "type: openai, api_base: 'http://me:sk-SECRET@host/v1'",
            "'a': api_base 'http://host/…' holds a password or a query",
        ),
        ("type: command, command: 'say \"hello'", "'a': command cannot be split into words (No closing quotation)"),
    ],
)
def test_what_only_variables_show_to_be_wrong_is_told_of_its_model(keys: str, said: str) -> None:
    """Of forty entries it is said which one is meant; what may be a key is not repeated."""
    with pytest.raises(UserError) as caught:
        resolve(parse_models(f"models: [{{name: a, {keys}}}]", where="m")[0], {"A_KEY": "x"})
    assert said in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_no_secret_is_in_an_entrant_or_in_what_is_printed() -> None:
    """The key's variable is recorded; its value is in nothing that is written or shown."""
    text = EXAMPLE.replace("max_tokens: 4096", "headers: {X-Team: $ANTHROPIC_API_KEY}")
    configured = resolve(parse_models(text, where="m")[0], KEYS)
    assert "sk-one" not in repr(configured)
    assert configured.entrant.key_variable == "ANTHROPIC_API_KEY"
    assert configured.entrant.header_names == ("X-Team",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("models:\n  - name: a\n    type: openai\n    temprature: 1\n", "m:4: unknown key 'temprature'; did you mean “temperature”?"),
        ("models:\n  - name: a\n    type: opnai\n", "unknown type 'opnai'; did you mean “openai”?"),
        ("models:\n  - type: openai\n", "m:2: an entry without a name"),
        ("models:\n  - name: a\n", "'a' has no type"),
        ('models:\n  - name: "a\\u202Eb"\n    type: openai\n', r"'a\u202eb' holds a character that cannot be seen"),
        (f"models:\n  - name: {'a' * 201}\n    type: openai\n", "a…' has more than 200 characters"),
        ("models:\n  - name: a\n    type: openai\n    max_tokens: many\n", "max_tokens: Expected int | null, got str"),
        ("models:\n  - name: a\n    type: openai\n    max_tokens: 0\n", "max_tokens must be above 0"),
        ("models:\n  - name: a\n    type: openai\n    name: b\n", "m:4: the key 'name' stands twice"),
        ("models:\n  - {name: a, type: reference}\n  - {name: a, type: mutant}\n", "m:3: the name 'a' is taken by line 2"),
        ("models:\n  - name: [\n", "not valid YAML"),
        ("model:\n  - name: a\n", "unknown key 'model'; did you mean “models”?"),
        ("- a\n", "expected a mapping with the key `models:`"),
        ("models: []\n", "must be a list with at least one entry"),
        ("", "expected a mapping"),
        ("models:\n  - name: a\n    type: huggingface\n", "needs `repo: …`"),
        ("models:\n  - name: a\n    type: openai\n    api_base: api.x.com\n", "must begin with http:// or https://"),
        ("models:\n  - name: a\n    type: openai\n    price: {input: -1}\n", "price.input must not be negative"),
        ("models:\n  - name: a\n    type: openai\n    price: {input: .nan}\n", "price.input must not be negative, but a number of dollars; it is nan"),
        ("models:\n  - name: a\n    type: openai\n    price: {output: .inf}\n", "price.output must not be negative, but a number of dollars; it is inf"),
        ("models:\n  - name: a\n    type: openai\n    price: {inptu: 1}\n", "m:2: 'a': unknown key 'price.inptu'; did you mean “input”?"),
        ("models:\n  - name: a\n    type: openai\n    timeout: .nan\n", "timeout must be above 0 and finite, not nan"),
        ("models:\n  - name: a\n    [b]: openai\n", "m:3: a key must be a word"),
        ("models:\n  - name: a\n    <<: openai\n", "m:3: not valid YAML: expected a mapping"),
        ("models: " + "[" * 5000 + "]" * 5000, "m: its brackets are nested too deep"),
    ],
)  # fmt: skip
def test_each_slip_is_answered_in_one_line_with_its_place(text: str, said: str) -> None:
    """What is wrong, where, and the nearest right word."""
    with pytest.raises(UserError) as caught:
        parse_models(text, where="m")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    """Three broken entries are three lines, not three attempts."""
    with pytest.raises(UserError) as caught:
        parse_models("models:\n  - name: a\n  - type: x\n  - name: b\n    type: nope\n", where="m")
    assert len(str(caught.value).splitlines()) == 3


def test_an_unset_variable_is_named() -> None:
    """The name of the variable and how to set it."""
    with pytest.raises(UserError, match=r"\$ANTHROPIC_API_KEY is not set; set it \(export ANTHROPIC_API_KEY=…\)"):
        resolve(parse_models(EXAMPLE, where="m")[0], {})


@pytest.mark.parametrize("base", ["https://me:pw@host/v1", "https://host/v1?key=abc"])
def test_an_address_with_a_secret_in_it_is_refused_without_repeating_it(base: str) -> None:
    """Addresses are recorded, so they may hold no password and no query."""
    entry = parse_short_form(f"x@{base}")
    with pytest.raises(UserError) as caught:
        resolve(entry, {})
    assert "pw" not in str(caught.value)
    assert "abc" not in str(caught.value)


@pytest.mark.parametrize(
    ("form", "meant"),
    [
        ("localhost:8000", "<model>@http://localhost:8000"),
        ("127.0.0.1:8000/v1", "<model>@http://127.0.0.1:8000/v1"),
        ("m@gpu-box.lan:8000/v1", "m@http://gpu-box.lan:8000/v1"),
        ("m@[::1]:8000", "m@http://[::1]:8000"),
    ],
)
def test_an_address_without_its_beginning_is_shown_with_it(form: str, meant: str) -> None:
    with pytest.raises(UserError, match=re.escape(f"begins with http:// or https://; write {meant}")):
        parse_short_form(form)


@pytest.mark.parametrize(
    ("form", "kind", "model", "base"),
    [
        ("anthropic/claude-x", "anthropic", "claude-x", "https://api.anthropic.com/v1"),
        ("openai/gpt-x", "openai", "gpt-x", "https://api.openai.com/v1"),
        ("google/gemini-x", "google", "gemini-x", "https://generativelanguage.googleapis.com/v1beta"),
        ("ollama/qwen:7b", "openai", "qwen:7b", "http://127.0.0.1:11434/v1"),
        ("lmstudio/q", "openai", "q", "http://127.0.0.1:1234/v1"),
        ("vllm/org/model", "openai", "org/model", "http://127.0.0.1:8000/v1"),
        ("openrouter/a/b", "openai", "a/b", "https://openrouter.ai/api/v1"),
        ("hf/org/repo", "huggingface", "org/repo", ""),
        ("mine@http://localhost:8000/v1", "openai", "mine", "http://localhost:8000/v1"),
        ("reference", "reference", "reference", ""),
    ],
)
def test_short_forms(form: str, kind: str, model: str, base: str) -> None:
    """Each short form stands for its type, model id and address."""
    variables = dict.fromkeys(("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GOOGLE_API_KEY", "OPENROUTER_API_KEY"), "k")
    entrant = resolve(parse_short_form(form), variables).entrant
    assert (entrant.type, entrant.model_id, entrant.api_base) == (kind, model, base)


def test_settings_after_commas() -> None:
    """They are typed as in the file, and make another name."""
    entrant = resolve(
        parse_short_form("x@http://localhost:1/v1,effort=high,temperature=0.2,max_tokens=100,concurrency=3"), {}
    ).entrant
    assert (entrant.sampling.reasoning_effort, entrant.sampling.temperature) == ("high", 0.2)
    assert (entrant.sampling.max_tokens, entrant.concurrency) == (100, 3)
    assert "effort=high" in entrant.name


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("anthropc/x", "did you mean “anthropic”"),
        ("nothing", "no model of that name"),
        ("openai/x,tempature=1", "did you mean “temperature”"),
        ("openai/x,fast", "write key=value"),
        ("openai/x,key=sk-abc", "a key is never typed here"),
    ],
)
def test_wrong_short_forms_name_the_nearest_right_one(form: str, said: str) -> None:
    """A slip on the command line is one line too."""
    with pytest.raises(UserError, match=said):
        parse_short_form(form)


def test_the_hash_covers_what_changes_answers_and_nothing_else() -> None:
    """Name, price and pace do not make another entrant; temperature and system prompt do."""

    def of(settings: str) -> str:
        return resolve(parse_short_form(f"m@http://localhost:1/v1,{settings}"), {}).entrant.entrant_hash

    assert of("name=a") == of("name=b,concurrency=3,rpm=10,timeout=5")
    assert len({of("name=a"), of("temperature=1"), of("system=be brief"), of("model=other"), of("quant=q4")}) == 5


def test_a_key_typed_on_the_command_line_is_refused_and_not_repeated() -> None:
    """What is typed is recorded with the run, so only a variable's name is taken."""
    with pytest.raises(UserError) as caught:
        parse_short_form("demo@http://localhost:1/v1,key=sk-secret-123")
    assert "sk-secret-123" not in str(caught.value)
    configured = resolve(parse_short_form("demo@http://localhost:1/v1,key=$THE_KEY"), {"THE_KEY": "sk-secret-123"})
    assert configured.key is not None
    assert configured.entrant.key_variable == "THE_KEY"
    assert "sk-secret-123" not in repr(configured)
