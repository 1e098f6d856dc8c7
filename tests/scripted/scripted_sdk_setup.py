"""What the tests with the vendors' SDKs share: one script that has an answer for each of them, and its key."""

from __future__ import annotations

from typing import Any

from google import genai
from google.genai import types as gemini

from assay.scripted.script import Answer, Call, Match, Rule, Script, Tokens, Trouble
from assay.scripted.server import ScriptedServer

ANSWER = "def add(a, b):\n    return a + b  # größer als äpfel ☃\n"
THOUGHT = "The sum of two numbers is wanted."
WEATHER = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
CALLS = (Call(name="weather", arguments={"city": "Köln"}), Call(name="weather", arguments={"city": "Bonn"}))
SCRIPT = Script(
    models=("demo", "org/other"),
    known_only=True,
    rules=(
        Rule(match=Match(contains="weather"), answer=Answer(text="I look it up.", reasoning=THOUGHT, tool_calls=CALLS)),
        Rule(match=Match(contains="rainy"), answer=Answer(text="It rains in both.")),
        Rule(match=Match(contains="refuse"), answer=Answer(refusal="I will not do that.")),
        Rule(match=Match(contains="filter"), answer=Answer(finish="content_filter")),
        Rule(match=Match(contains="cached"), answer=Answer(text="abcd", usage=Tokens(input=10, cache_read=90))),
        Rule(match=Match(contains="status 429"), trouble=Trouble(status=429, retry_after=7)),
        Rule(match=Match(contains="status 500"), trouble=Trouble(status=500)),
        Rule(match=Match(contains="status 403"), trouble=Trouble(status=403)),
        Rule(match=Match(contains="overflow"), trouble=Trouble(does="overflow")),
        Rule(match=Match(contains="breaks off"), trouble=Trouble(does="error", after=3)),
    ),
    default=Answer(text=ANSWER, reasoning=THOUGHT),
)
KEY = "sk-scripted-key"


def google(server: ScriptedServer, key: str = KEY) -> genai.Client:
    return genai.Client(api_key=key, http_options=gemini.HttpOptions(base_url=server.root))


def user(text: str) -> list[Any]:
    return [{"role": "user", "content": text}]
