"""What models are known to write instead of their dialect is read all the same, and what was forgiven is said."""

from __future__ import annotations

import pytest
from dialect_bench import TOOLS, WEATHER, bare

from assay.core.messages import Tool
from assay.formats.tools import dialect
from assay.formats.tools.base import Call

CALL = '{"name": "get_weather", "arguments": {"city": "Paris", "days": 3}}'
ARGUMENTS = '{"city": "Paris", "days": 3}'
QWEN = "<function=get_weather>\n<parameter=city>\nParis\n</parameter>\n<parameter=days>\n3\n</parameter>\n</function>"

FORGIVEN = [
    ("hermes", f"<tool_call>\n{CALL}", "</tool_call> is missing"),
    ("hermes", f"<tool_call>\n{CALL}}}\n</tool_call>", "a closing brace too many"),
    ("hermes", f"<tool_call>\n{CALL[:-1]}\n</tool_call>", "closing brace is missing"),
    ("hermes", f"<tool_call>\n{CALL[:-2]}\n</tool_call>", "closing brackets are missing"),
    ("hermes", f"<tool_call>```json\n{CALL}\n```</tool_call>", "a code fence within"),
    ("hermes", f"```json\n{CALL}\n```", "``` instead of <tool_call>"),
    ("hermes", f"<tools>\n{CALL}\n</tools>", "<tools> instead of <tool_call>"),
    ("hermes", CALL, "{ instead of <tool_call>"),
    ("hermes", "<tool_call>{'name': 'get_weather', 'arguments': {'city': 'Paris', 'days': 3}}</tool_call>", "quotes"),
    ("hermes", CALL.join(["<tool_call>", "</tool_call>"]).replace("3}", "3,}"), "a trailing comma"),
    (
        "hermes",
        '<tool_call>{"arguments": "{\\"city\\": \\"Paris\\", \\"days\\": 3}", "name": "get_weather"}</tool_call>',
        "a string that holds JSON",
    ),
    ("hermes", '<tool_call>{name: "get_weather", arguments: {city: "Paris", days: 3}}</tool_call>', "without quotes"),
    ("qwen3_coder", f"{QWEN}\n</tool_call>", "was not opened"),
    ("qwen3_coder", f"<tool_call>\n{QWEN}", "</tool_call> is missing"),
    ("qwen3_coder", f"<tool_call>\n{QWEN}\n</tool_call>".replace("\nParis\n</parameter>", "\nParis"), "is missing"),
    ("qwen3_coder", f"<tool_call>\n{QWEN}\n</tool_call>".replace("</function>\n", ""), "</function> is missing"),
    ("pythonic", "get_weather(city='Paris', days=3)", None),
    ("pythonic", '```python\n[get_weather(city="Paris", days=3)]\n```', None),
    ("pythonic", "[get_weather(city=Paris, days=3)]", "text without quotes"),
    ("pythonic", "[get_weather('Paris', 3)]", "arguments without names"),
    ("pythonic", "[get_weather(city='Paris', days=3)", "closing bracket is missing"),
    ("deepseek_v31", f"<｜tool▁call▁begin｜>get_weather<｜tool▁sep｜>{ARGUMENTS}", "is missing"),
    ("harmony", ' to=functions.get_weather<|channel|>commentary json<|message|>{"city": "Paris", "days": 3}', "is missing"),
    ("gemma4", "<|tool_call>call:get_weather{city:Paris,days:3}<tool_call|>", "text without quotes"),
    ("gemma4", '<|tool_call>call:get_weather{days:3,city:<|"|>Paris}<tool_call|>', "closing quote or brace is missing"),
    ("gemma4", '<|tool_call>call:get_weather{days:3,city:<|"|>Paris<|"|><tool_call|>', "closing quote or brace is missing"),
    ("gemma4", '<|tool_call>call:get_weather{city:Paris<|"|>,days:3}<tool_call|>', "an opening quote is missing"),
    ("gemma4", "<|tool_call>call:get_weather{city:'Paris'<|\"|>,days:3}<tool_call|>", "quotes that are no tokens"),
    ("gemma4", '<|tool_call>:call:get_weather{city:<|"|>Paris<|"|>,days:3}<tool_call|>', None),
    ("gemma4", '<|tool_call>call:get_weather{city:<|"|>Paris<|"|>,days:3}<tool_call|><tool_call|>', "more than once"),
    ("gemma4", 'call:get_weather{city:<|"|>Paris<|"|>,days:3}', "the call was not opened"),
    ("functiongemma", "<start_function_call>call:get_weather{days:<escape>3<escape>,city:<escape>Paris}"
     "<end_function_call>", "closing quote or brace is missing"),
    ("mistral_v11", '[TOOL_CALLS]get_weather{"city": "Paris", "days": 3}', None),
    ("xlam", f'{{"tool_calls": [{CALL}]}}', None),
    ("llama3_json", f"```json\n{CALL}\n```", None),
    ("lfm2", f"<|tool_call_start|>[{CALL}]<|tool_call_end|>", None),
    ("seed_oss", f"<seed:tool_call>{QWEN}</seed:tool_call>", None),
    ("hy_v3", "<tool_calls:x><tool_call:x>get_weather<tool_sep:x><arg_key:x>city</arg_key:x><arg_value:x>Paris"
     "</arg_value:x><arg_key:x>days</arg_key:x><arg_value:x>3</arg_value:x></tool_call:x></tool_calls:x>", None),
    ("minicpm5", '<function name="get_weather"><param name="city"><![CDATA[Paris]]></param>'
     '<param name="days">3</param></function>', None),
    ("minicpm5", '<function name="get_weather"><param name="city">&#80;ari&#x73;</param>'
     '<param name="days">3</param></function>', None),
    ("minicpm5", '<functionname="get_weather"><param\u0120name="city">Paris</param>'
     '<paramname="days">3</param></function>', None),
    ("minicpm5", '<function name="get_weather"><param name="properties">'
     "{'city': 'Paris', 'days': 3}</param></function>", "all arguments within one"),
    ("step3", '<｜tool_calls_begin｜><｜tool_call_begin｜><steptml:invoke name="get_weather">'
     '<steptml:parameter name="city">Paris</steptml:parameter><steptml:parameter name="days"> 3 </steptml:parameter>'
     "</steptml:invoke><｜tool_call_end｜><｜tool_sep｜><｜tool_calls_end｜>", None),
    ("step3", '<｜tool_call_begin｜>function<｜tool_sep｜>get_weather\n<steptml:invoke name="get_weather">'
     '<steptml:parameter name="city">Paris</steptml:parameter><steptml:parameter name="days">3</steptml:parameter>'
     "</steptml:invoke><｜tool_call_end｜>", None),
    ("glm45", f"<tool_call>get_weather\n{ARGUMENTS}</tool_call>", "JSON in place of"),
    ("muse", ' to=get_weather<|message|><atem:function_calls><atem:invoke name="get_weather">'
     '<atem:parameter name="city">Paris</atem:parameter><atem:parameter name="days">3</atem:parameter>'
     "</atem:invoke></atem:function_calls><|eom|><|start|>assistant to=user<|message|>", None),
    ("granite30", f"<tool_call> [{CALL}]", None),
    ("gigachat3", f"<|message_sep|>\n\nfunction call<|role_sep|>\n{CALL}</s>", None),
    ("functiongemma", "<start_function_call>call:get_weather{city:<escape>Paris<escape>days:<escape>3<escape>}"
     "<end_function_call>", None),
    ("mistral_v3", '[TOOL_CALLS] [{"arguments": {"city": "Paris", "days": 3}, "name": "get_weather"}]', None),
    ("dots", f"<dots_function_call>{CALL}</dots_function_call>", "JSON in place of elements"),
    ("command_r_plus", f'Action:\n```json\n[{{"tool_name": "get_weather", "parameters": {ARGUMENTS}}}]\n```', None),
    ("pythonic", "<|python_start|>[get_weather(city='Paris', days=3)]<|python_end|>", None),
    ("deepseek_v4", '<｜DSML｜tool_calls><｜DSML｜invoke name="get_weather"><｜DSML｜parameter name="city" string="true">Paris'
     '<｜DSML｜parameter name="days" string="false">3</｜DSML｜parameter></｜DSML｜invoke></｜DSML｜tool_calls>', "is missing"),
    ("glm47", "<tool_call>get_weather<arg_key>zip</arg_key><arg_key>city</arg_key><arg_value>Paris</arg_value>"
     "<arg_key>days</arg_key><arg_value>3</arg_value></tool_call>", "a key without a value"),
    ("muse", ' to=get_weather.get_weather<|message|><atem:function_calls><atem:invoke name="get_weather.get_weather">'
     '<atem:parameter name="city">Paris</atem:parameter><atem:parameter name="days">3</atem:parameter>'
     "</atem:invoke></atem:function_calls><|eom|>", None),
    ("deepseek_v3", f"<｜tool▁calls▁begin｜>function<｜tool▁sep｜>get_weather\n```json\n{ARGUMENTS}\n```"
     "<｜tool▁call▁end｜><｜tool▁calls▁end｜>", "<｜tool▁call▁begin｜> is missing"),
    ("deepseek_v3", f"<｜tool▁calls｜>function<｜tool▁sep｜>get_weather\n```json\n{ARGUMENTS}\n```"
     "<｜tool▁call▁end｜><｜tool▁calls▁end｜>", "<｜tool▁call▁begin｜> is missing"),
    ("gigachat35", '<｜GCML｜tool_calls>\n<｜GCML｜invoke name="get_weather">\n<｜GCML｜parameter name="city" string="true">'
     'Paris</｜GCML｜parameter>\n<｜GCML｜parameter name="days" string="false">3</｜GCML｜parameter>\n</｜GCML｜invoke>\n'
     "</｜GCML｜tool_calls><|message_sep|>", None),
    ("glm45", "<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_key>days</arg_key>\n<arg_value>Paris</arg_value>\n"
     "<arg_value>3</arg_value>\n</tool_call>", "all keys before the values"),
    ("lfm2", "[get_weather(city='Paris', days=3)]", "the call was not opened"),
    ("lfm2", "[get_weather(city='Paris', days=3)]<|tool_call_end|>", "the call was not opened"),
    ("mimo", "<tool_call><function=get_weather><parameter=city>Rome</parameter><parameter=city>Paris</parameter>"
     "<parameter=days>3</parameter></function></tool_call>", "an argument twice"),
    ("solar_open2", "<|tool_call:start|>get_weather\n<|tool_arg:start|>city<|tool_arg:value|>Paris<|tool_arg:start|>days"
     "<|tool_arg:value|>3<|tool_arg:end|>\n<|tool_call:end|><|im:end|>", "<|tool_arg:end|> is missing"),
    ("solar_open2", "<|tool_call:start|>get_weather\n<|tool_arg:start|>city<|tool_arg:value|>Paris<|tool_arg:end|>\n"
     "<|tool_arg:start|>days<|tool_arg:value|>3<|tool_call:end|>", "<|tool_arg:end|> is missing"),
    ("telechat4", "<tool_call>get_weather<param_key>city</param_key> <param_value>Paris</param_value>\n<param_key>days"
     "</param_key><param_value>3</param_value></tool_call>", None),
    ("telechat4", f"<tool_call>{CALL}</tool_call>", "JSON in place of keys and values"),
    ("telechat4", f"<tool_call>get_weather{ARGUMENTS}</tool_call>", "JSON in place of keys and values"),
    ("glm47", f"<tool_call>get_weather {ARGUMENTS}</tool_call>", "JSON in place of keys and values"),
    ("iquest_q1", "<iquest_tool_call>get_weather\n<arg_key>city</arg_key><arg_value>Paris</arg_value>\n<arg_key>days"
     "</arg_key> <arg_value>3</arg_value>\n</iquest_tool_call><|iquest_end|>", None),
    ("hunyuan_a13b", f"助手：\n<tool_calls>[{CALL}]</tool_calls>", None),
    ("hermes", f"{CALL}\n</tool_call>", "{ instead of <tool_call>"),
    ("llama3_json", f'{{"type": "function", "function": "get_weather", "parameters": {ARGUMENTS}}}', None),
    ("llama3_json", f'{{"parameters": {ARGUMENTS}, "function": "get_weather"}}', None),
    ("gemma3_pythonic_fence", "```tool_code\nprint(get_weather(city='Paris', days=3))\n```", "whose result is printed"),
    ("phi4_mini", f"<|tool_call|>[{CALL}]<|/tool_call|>", None),
    ("glm45", "<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Paris</arg_value>\n<arg_key>days</arg_key>\n"
     "<arg_value>3</tool_call>", "</arg_value> is missing"),
    ("glm45", "<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Paris<arg_key>days</arg_key>\n"
     "<arg_value>3</arg_value></tool_call>", "</arg_value> is missing"),
    ("glm45", "<tool_call>get_weather\n<arg_key>city</arg_key>\nParis</arg_value>\n<arg_key>days</arg_key>\n"
     "<arg_value>3</arg_value></tool_call>", "<arg_value> is missing"),
    ("glm47", f"<tool_call>{CALL}</tool_call>", "JSON in place of"),
    ("longcat", "<longcat_tool_call>get_weather\n<longcat_arg_key>city</longcat_arg_key>\n<longcat_arg_value>Paris"
     "</longcat_arg_value>\n<longcat_arg_key>days</longcat_arg_key>\n<longcat_arg_value>3</longcat_arg_value>\n"
     "</longcat_tool_call>", None),
    ("longcat", f"<longcat_tool_call>```json\n{CALL}\n```</longcat_tool_call>", "a code fence within"),
    ("qwen3_coder", f"<tool_call>\n{QWEN}\n</tool_call>".replace("</parameter>\n</function>\n", ""), "is missing"),
    ("minimax_m2", '<minimax:tool_call>\n<invoke name="get_weather"><parameter name="city">Paris</parameter>\n'
     '<parameter name="days">3</minimax:tool_call>', "is missing"),
    ("beam", " to=get_weather<|channel|>analysis <|constrain|>xml<|message|>"
     '<rfl:parameter name="city">\nParis\n<rfl:parameter name="days">\n3\n</rfl:parameter><|call|>', "is missing"),
    ("mistral_v3", f"[TOOL_CALLS] [TOOL_CALLS] [{CALL}]", "[TOOL_CALLS] more than once"),
    ("glm4", f"\nget_weather\n{ARGUMENTS}<|observation|>", None),
    ("pythonic", """['get_weather(city="Paris", days=3)']""", "a call within quotes"),
    ("cohere_r7b", f'<|START_ACTION|>{{"name": "get_weather", "arguments": {ARGUMENTS}}}<|END_ACTION|>', None),
    ("apriel", f"[BEGIN FINAL RESPONSE]\n<tool_calls>[{CALL}]</tool_calls>\n[END FINAL RESPONSE]\n<|end|>", None),
    ("lfm2", "<|tool_call_start|><|tool_call_start|>[get_weather(city='Paris', days=3)]<|tool_call_end|>",
     "<|tool_call_start|> more than once"),
    ("lfm2", "<|tool_call_start|>[get_weather(city='Paris', days=3)]<|tool_call_end|><|tool_call_end|>",
     "<|tool_call_end|> more than once"),
    ("muse", ' to=get_weather<|message|><atem:function_calls><atem:invoke name="get_weather<|message|>'
     '<atem:parameter name="city">Paris</atem:parameter><atem:parameter name="days">3</atem:parameter>'
     "</atem:invoke></atem:function_calls><|eom|>", "in place of a tag's end"),
    ("qwen_agent", "✿FUNCTION✿: get_weather\n✿ARGS✿: {'city': 'Paris', 'days': 3}\n✿RESULT✿", "quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "problem"), FORGIVEN)
def test_sloppiness_is_forgiven_and_said(name: str, text: str, problem: str | None) -> None:
    parsed = dialect(name).parse(text, TOOLS)
    assert bare(parsed.calls) == bare([WEATHER])
    assert parsed.text == ""
    assert not any(found.lost for found in parsed.problems)
    if problem:
        assert any(problem in found.what for found in parsed.problems), parsed.problems
    else:
        assert parsed.problems == ()


MARKED = {
    "deepseek_v4": '<｜DSML｜tool_calls><｜DSML｜invoke name="f"><｜DSML｜parameter name="x" string="false">{}'
    "</｜DSML｜parameter></｜DSML｜invoke></｜DSML｜tool_calls>",
    "kimi_k3": '<|open|>tools<|sep|><|open|>call tool="f" index="1"<|sep|><|open|>argument key="x" type="number"<|sep|>{}'
    "<|close|>argument<|sep|><|close|>call<|sep|><|close|>tools<|sep|>",
}


@pytest.mark.parametrize("name", MARKED)
def test_a_text_that_its_mark_says_is_none_is_a_problem(name: str) -> None:
    """It stays a text; what is JSON as it is marked, a string among it, is no problem."""
    tools = (Tool("f"),)
    for text, value, problems in (("five", "five", 1), ("5", 5, 0), ('"five"', "five", 0), ("[1, 2", "[1, 2", 1)):
        parsed = dialect(name).parse(MARKED[name].format(text), tools)
        assert parsed.calls[0].arguments == {"x": value}, parsed
        assert [problem.what for problem in parsed.problems] == ["a text that is marked as something else"] * problems


NO_CALLS = [
    ("hermes", 'The tag <tool_call> opens a call. {"name": "Bob", "age": 3}'),
    ("hermes", "<tool_call>\nnot JSON at all\n</tool_call>"),
    ("qwen3_coder", f"<tool_call>\n{CALL}\n</tool_call>"),
    ("glm45", '<tool_call>\n{"name": "nope", "arguments": {}}\n</tool_call>'),
    ("bare_json", 'Here: {"name": "Bob", "age": 3} and ```python\nprint({"a": [1]})\n``` [1] {x}'),
    ("bare_json", '{"type": "object", "properties": {}}'),
    ("pythonic", "See [the docs](http://x) and a[f(x)] and [f(x=g(1))], or print(1)."),
    ("pythonic", "[f(a=1 + 2) for f in g]"),
    ("pythonic", "```python\nprint(f(x + 1))\n``` prints."),
    ("gemma3_pythonic_fence", "```\nf(x + 1)\nprint(get_weather)\n```\nMore."),
    ("olmo3", "<function_calls>f(x + 1)\n</function_calls>"),
    ("lfm2", "<|tool_call_start|>f(x + 1)<|tool_call_end|>"),
    ("lfm2", "As [f(x=1)] says, [get_weather(1, 2, 3)] is none."),
    ("minicpm5", '<function name="get_weather"><param name="days">1</param><param name="days">2</param></function>'),
    ("glm45", "<tool_call>get weather<arg_key>city</arg_key><arg_value>Paris</arg_value></tool_call>"),
    ("pythonic", "A list of texts is ['f(a=1)', 'nope(city=2)']."),
    ("glm4", "get_weather\nis no call"),
    ("functionary_v32", "name\nis no call >>> this neither"),
    ("llama3_json", '<|python_tag|>print("hello")'),
    ("harmony", "<|start|>assistant"),
]


@pytest.mark.parametrize(("name", "text"), NO_CALLS)
def test_what_is_no_call_stays_in_the_text(name: str, text: str) -> None:
    parsed = dialect(name).parse(text, TOOLS)
    assert parsed.calls == ()
    assert parsed.text == text


def test_a_call_of_an_unknown_tool_is_a_call_and_said() -> None:
    parsed = dialect("hermes").parse('<tool_call>{"name": "nope", "arguments": {}}</tool_call>', TOOLS)
    assert [call.name for call in parsed.calls] == ["nope"]
    assert "no tool is called “nope”" in parsed.problems[0].what


SIBLINGS = [
    "[get_weather(city='Paris', days=3), bad(x=b'z')]",
    "[bad(x=b'z'), get_weather(city='Paris', days=3)]",
    "[calc(x=1e999), get_weather(city='Paris', days=3)]",
    "[get_weather(city='Paris', days=3), f(a='x 'y', b='z')]",
    "[f(x=g(1)), get_weather(city='Paris', days=3), f(x=1])]",
]


@pytest.mark.parametrize("text", SIBLINGS)
def test_a_broken_call_does_not_take_its_siblings_with_it(text: str) -> None:
    assert bare(dialect("pythonic").parse(text, TOOLS).calls) == bare([WEATHER])


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ('{"name": "get_weather", "arguments": {"at": 15:30}}', "the arguments cannot be read"),
        ('{"arguments": {"city": "Rome"}}', "an object without a name for the call"),
    ],
)
def test_a_broken_call_of_a_list_does_not_take_the_others_with_it(broken: str, why: str) -> None:
    for calls, text in ((f"[{broken}, {CALL}]", f"<tool_calls>[{broken}"), (f"[{CALL}, {broken}]", f", {broken}")):
        parsed = dialect("jamba").parse(f"<tool_calls>{calls}</tool_calls>", TOOLS)
        assert bare(parsed.calls) == [bare([WEATHER])[0]]
        assert parsed.text == text
        assert [problem.what for problem in parsed.problems if problem.lost] == [why]
    for nothing in (f"<tool_calls>[{broken}]</tool_calls>", f"<tool_calls>[{', '.join([broken] * 500)}]</tool_calls>"):
        assert dialect("jamba").parse(nothing, TOOLS).text == nothing


@pytest.mark.parametrize("junk", ['"junk"', "null", "3", "[]", '[1, {"a": "]"}]', "{}", "'x'"])
def test_what_is_no_object_in_a_list_does_not_take_the_calls_with_it(junk: str) -> None:
    """It is text, before the calls, between them or behind them; and a list with nothing else in it is text as a whole."""
    for calls, text in (
        (f"[{junk}, {CALL}, {CALL}]", f"[TOOL_CALLS] [{junk}"),
        (f"[{CALL}, {junk}, {CALL}]", f", {junk}"),
        (f"[{CALL}, {CALL}, {junk}]", f", {junk}"),
    ):
        parsed = dialect("mistral_v3").parse(f"[TOOL_CALLS] {calls}", TOOLS)
        assert bare(parsed.calls) == 2 * bare([WEATHER])
        assert parsed.text == text
    assert dialect("mistral_v3").parse(f"[TOOL_CALLS] [{junk}]", TOOLS).text == f"[TOOL_CALLS] [{junk}]"


def test_a_broken_line_does_not_take_the_others_with_it() -> None:
    text = "<function_calls>bad(x=b'z')\nget_weather(city='Paris', days=3)\ncalc(x=1e999)</function_calls>"
    assert bare(dialect("olmo3").parse(text, TOOLS).calls) == bare([WEATHER])


@pytest.mark.parametrize("tools", [TOOLS, ()])
def test_a_call_without_arguments_is_one_where_there_is_such_a_tool(tools: tuple[Tool, ...]) -> None:
    for name, text in {
        "hermes": '<tool_call>{"name": "get_weather"}</tool_call>',
        "phi4_mini": 'functools[{"name": "get_weather"}]',
        "bare_json": '{"name": "get_weather"}',
    }.items():
        assert len(dialect(name).parse(text, tools).calls) == bool(tools)


def test_names_of_elements_may_have_spaces() -> None:
    text = "<function=get the weather>\n<parameter=the city>\nParis\n</parameter>\n</function>"
    assert bare(dialect("qwen3_coder").parse(text).calls) == [("get the weather", {"the city": "Paris"})]


def test_names_between_keys_and_values_may_have_spaces_where_there_is_such_a_tool() -> None:
    text = "<tool_call>get the weather\n<arg_key>the city</arg_key>\n<arg_value>Paris</arg_value>\n</tool_call>"
    parsed = dialect("glm45").parse(text, [Tool(name="get the weather", parameters={})])
    assert (bare(parsed.calls), parsed.problems) == ([("get the weather", {"the city": "Paris"})], ())


@pytest.mark.parametrize(
    ("schema", "kind", "value"),
    [
        ({}, "integer", 3),
        ({}, "any", "3"),
        ({}, "string", "3"),
        ({"type": "string"}, "integer", "3"),
        ({"type": ["integer", "string"]}, "string", "3"),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, "array[string]", 3),
    ],
)
def test_a_type_said_beside_a_value_chooses_among_those_that_the_schema_allows(
    schema: dict[str, object], kind: str, value: object
) -> None:
    tool = Tool(name="f", parameters={"properties": {"x": schema} if schema else {}})
    argument = f"<ifm|arg_key>x</ifm|arg_key><ifm|arg_type>{kind}</ifm|arg_type><ifm|arg_value>3</ifm|arg_value>"
    parsed = dialect("k2_horizon").parse(f"<ifm|tool_call>f{argument}</ifm|tool_call>", [tool])
    assert bare(parsed.calls) == [("f", {"x": value})]


@pytest.mark.parametrize("name", ["thought\n", ""])
def test_gemma_reasons_in_channels_named_or_not(name: str) -> None:
    parsed = dialect("gemma4").parse(f"<|channel>{name}Which city?<channel|>Paris.")
    assert (parsed.reasoning, parsed.text, parsed.problems) == ("Which city?", "Paris.", ())


def test_calls_on_lines_of_their_own_need_no_list() -> None:
    for between in ("\n", "; ", ", "):
        parsed = dialect("pythonic").parse(f"get_weather(city='Paris', days=3){between}search(q='cats')", TOOLS)
        assert [call.name for call in parsed.calls] == ["get_weather", "search"]
    assert dialect("pythonic").parse("search(q='cats')\nThen f(x) is called.", TOOLS).text == "\nThen f(x) is called."


def test_the_token_that_ends_an_answer_is_no_text() -> None:
    for name, token in {"minimax_m2": "[e~[", "deepseek_v4": "<｜end▁of▁sentence｜>", "gemma4": "<turn|>"}.items():
        assert dialect(name).parse(f"That is all.{token}", TOOLS).text == "That is all."


def test_gemma_texts_without_their_opening_quote_hold_commas_but_no_other_values() -> None:
    quote = '<|"|>'
    text = f"<|tool_call>call:f{{a:Paris, France{quote},b:x,{quote}c{quote}:[p,q{quote}],d:{{e:y{quote}}}}}<tool_call|>"
    (call,) = dialect("gemma4").parse(text).calls
    assert call.arguments == {"a": "Paris, France", "b": "x", "c": ["p", "q"], "d": {"e": "y"}}


def test_gemma_writes_several_calls_between_one_pair_of_markers() -> None:
    for name, text in {
        "gemma4": '<|tool_call>call:f{a:<|"|>x<|"|>}call:g{b:2}<tool_call|>',
        "functiongemma": "<start_function_call>call:f{a:<escape>x<escape>}\ncall:g{b:2}<end_function_call>",
    }.items():
        parsed = dialect(name).parse(text)
        assert (bare(parsed.calls), parsed.text) == ([("f", {"a": "x"}), ("g", {"b": 2})], "")
        assert [problem.what for problem in parsed.problems] == ["another call between the same markers"]


def test_gemma_texts_may_hold_the_end_of_a_call() -> None:
    text = '<|tool_call>call:f{a:<|"|>an end is <tool_call|>, see<|"|>}<tool_call|>'
    assert bare(dialect("gemma4").parse(text).calls) == [("f", {"a": "an end is <tool_call|>, see"})]


def test_a_gemma_call_without_its_marker_is_one_of_a_tool_that_there_is_and_not_in_the_reasoning() -> None:
    for text in ("call:nope{a:1}", "call: me", "call:get_weather, then", "call:get_weather{days"):
        assert dialect("gemma4").parse(text, TOOLS).text == text
    thought = dialect("gemma4").parse("<|channel>call:get_weather{days:3}<channel|>Done.", TOOLS)
    assert (thought.calls, thought.reasoning) == ((), "call:get_weather{days:3}")


def test_beam_reasons_in_a_channel_and_calls_in_messages_of_their_own() -> None:
    thought = "<|channel|>analysis<|message|>Which city?<|end|>"
    call = dialect("beam").render([WEATHER], TOOLS)
    parsed = dialect("beam").parse(f"{thought}{call.replace('<|call|>', '<|end|>')}{call}", TOOLS)
    assert (parsed.reasoning, parsed.text, bare(parsed.calls)) == ("Which city?", "", bare([WEATHER, WEATHER]))
    final = dialect("beam").parse(f"{thought}<|start|>assistant<|channel|>final<|message|>Paris.<|return|>")
    assert (final.reasoning, final.text, final.problems) == ("Which city?", "Paris.", ())


@pytest.mark.parametrize(("name", "tag"), [("k2_horizon", "ifm|tool_call"), ("longcat", "longcat_tool_call")])
def test_json_in_place_of_keys_and_values_may_be_a_list(name: str, tag: str) -> None:
    parsed = dialect(name).parse(f"<{tag}>[{CALL}, {CALL}]</{tag}>", TOOLS)
    assert (parsed.text, bare(parsed.calls), parsed.problems) == ("", bare([WEATHER, WEATHER]), ())


def test_apriel_reasons_before_its_final_response() -> None:
    said = "Which city?\n[BEGIN FINAL RESPONSE]\nParis.\n[END FINAL RESPONSE]"
    for parsed in (
        dialect("apriel").parse(said, thinking=True),
        dialect("apriel").parse(f"Here are my reasoning steps:\n{said}"),
    ):
        assert (parsed.reasoning.strip(), parsed.text.strip()) == ("Which city?", "Paris.")


def test_the_last_channel_of_a_harmony_header_counts() -> None:
    parsed = dialect("harmony").parse("<|channel|>commentary to=assistant<|channel|>analysis<|message|>Hm.<|end|>")
    assert (parsed.reasoning, parsed.text) == ("Hm.", "")


def test_the_name_of_a_harmony_channel_may_stand_before_its_header() -> None:
    call = dialect("harmony").render([WEATHER], TOOLS)
    parsed = dialect("harmony").parse(f"{call}commentary{call}", TOOLS)
    assert (parsed.text, bare(parsed.calls)) == ("", bare([WEATHER, WEATHER]))
    assert [problem.what for problem in parsed.problems] == ["the name of a channel outside of its header"]


def test_a_harmony_message_may_be_empty() -> None:
    text = "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|><|call|>"
    assert bare(dialect("harmony").parse(text, TOOLS).calls) == [("get_weather", {})]


CUT = [
    ("hermes", f"<tool_call>\n{CALL[:-1]}"),
    ("glm45", "<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Paris</arg_value>\n"),
    ("minimax_m2", '<minimax:tool_call><invoke name="get_weather"><parameter name="city">Paris</parameter>'),
    ("gemma4", '<|tool_call>call:get_weather{city:<|"|>Paris'),
    ("kimi_k2", '<|tool_call_begin|>functions.get_weather:0<|tool_call_argument_begin|>{"city": "Par'),
]


@pytest.mark.parametrize(("name", "text"), CUT)
def test_a_call_that_the_answer_was_cut_in_is_none(name: str, text: str) -> None:
    parsed = dialect(name).parse(text, TOOLS)
    assert parsed.calls == ()
    assert parsed.text == text
    assert parsed.problems[0].lost


def test_a_call_that_lacks_only_its_end_is_one_where_it_has_all_that_the_tool_requires() -> None:
    tools = [Tool(name="get_weather", parameters={**TOOLS[0].parameters, "required": ["city"]})]
    for name, text in CUT[1:3]:
        parsed = dialect(name).parse(text, tools)
        assert bare(parsed.calls) == [("get_weather", {"city": "Paris"})]
        assert "is missing" in parsed.problems[0].what


@pytest.mark.parametrize("rest", ["</tool_call", "</"])
def test_an_end_tag_that_the_answer_was_cut_in_is_one(rest: str) -> None:
    tools = [Tool(name="get_weather", parameters={**TOOLS[0].parameters, "required": ["city"]})]
    text = "<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Paris</arg_value>"
    assert bare(dialect("glm45").parse(text + rest, tools).calls) == [("get_weather", {"city": "Paris"})]
    assert dialect("glm45").parse(text + "<", tools).text == text + "<"


ENDS_IN_TEXTS = [
    ("qwen3_coder", "<tool_call><function=search><parameter=q>", "</parameter></function></tool_call>"),
    ("glm45", "<tool_call>search<arg_key>q</arg_key><arg_value>", "</arg_value></tool_call>"),
]


@pytest.mark.parametrize(("name", "before", "after"), ENDS_IN_TEXTS)
@pytest.mark.parametrize(
    "text", ["an end is </tool_call>, see", "</tool_call>", "</tool_call> </tool_call>", "<arg_key>"]
)
def test_a_text_may_hold_the_end_of_a_call(name: str, before: str, after: str, text: str) -> None:
    assert bare(dialect(name).parse(before + text + after, TOOLS).calls) == [("search", {"q": text})]


def test_a_message_to_somebody_else_than_a_tool_only_talks_about_calls() -> None:
    call = dialect("muse").render([WEATHER], TOOLS)
    for recipient in ("user", "self"):
        parsed = dialect("muse").parse(
            f" to={recipient}<|message|>Like so: {call}<|eom|><|start|>assistant to=get_weather<|message|>{call}<|eot|>",
            TOOLS,
        )
        assert bare(parsed.calls) == bare([WEATHER])
        assert (parsed.reasoning if recipient == "self" else parsed.text) == f"Like so: {call}"


def test_json_with_its_quotes_escaped_is_a_list_where_one_is_wanted() -> None:
    text = r"<tool_call>search<arg_key>tags</arg_key><arg_value>[\"a\", \"b\"]</arg_value></tool_call>"
    assert bare(dialect("glm47").parse(text, TOOLS).calls) == [("search", {"tags": ["a", "b"]})]


def test_names_may_have_dots() -> None:
    tools = [Tool(name="spotify.play")]
    for name in ("pythonic", "hermes", "qwen3_coder", "glm45", "kimi_k2", "harmony"):
        found = dialect(name)
        text = found.render(dialect("pythonic").parse("[spotify.play(artist='X')]").calls, tools)
        assert [call.name for call in found.parse(text, tools).calls] == ["spotify.play"]


PYTHON_VALUES = [
    ("-1.5", -1.5),
    ("(1, 2)", [1, 2]),
    ("(1,)", [1]),
    ("(1)", 1),
    ("{1, 2}", [1, 2]),
    ("[]", []),
    ("{}", {}),
    ("{'a': (1, None)}", {"a": [1, None]}),
    ("true", True),
    ("null", None),
    ("0x1F", 31),
    ("1_000", 1000),
    ("007", "007"),
    ("1e3", 1000.0),
    ("'it\\'s'", "it's"),
    ('"\\u00e9\\n"', "é\n"),
    ("r'\\d'", "\\d"),
    ("'a' 'b'", "ab"),
    ("'''x\n'y'''", "x\n'y"),
    ("'\\ud83d\\ude00'", "😀"),
    ("New York", "New York"),
    ("2024-01-02", "2024-01-02"),
]


@pytest.mark.parametrize(("text", "value"), PYTHON_VALUES)
def test_python_literals_are_values(text: str, value: object) -> None:
    call = dialect("pythonic").parse(f"[f(a={text}, b=1)]").calls[0]
    assert call.arguments == {"a": value, "b": 1}
    assert type(call.arguments["a"]) is type(value)


@pytest.mark.parametrize(("allowed", "value"), [("integer", 7), ("string", "07"), (["integer", "string"], "07")])
def test_a_python_number_with_leading_zeros_is_one_where_no_text_is_allowed(allowed: object, value: object) -> None:
    tools = [Tool(name="set_date", parameters={"properties": {"month": {"type": allowed}}})]
    for name in ("lfm2", "pythonic"):
        found = dialect(name)
        said = found.render([Call("set_date", {"month": 3})]).replace("3", "07")
        assert bare(found.parse(said, tools).calls) == [("set_date", {"month": value})]


QUOTES = [
    ("'sed -n '1,5p' a.py'", "sed -n '1,5p' a.py"),
    ("""'python -c "f(x, s='a'))"'""", """python -c "f(x, s='a'))\""""),
    ("'plain', b='two'", "plain"),
    ("['it's', 'b']", ["it's", "b"]),
]


@pytest.mark.parametrize(("text", "value"), QUOTES)
def test_quotes_within_quotes_are_told_apart_by_what_follows(text: str, value: object) -> None:
    said = f"<|tool_call_start|>[bash(command={text})]<|tool_call_end|>"
    parsed = dialect("lfm2").parse(said)
    assert parsed.calls[0].arguments["command"] == value
    stream = dialect("lfm2").stream()
    for letter in said:
        stream.feed(letter)
    assert stream.parsed().calls == parsed.calls


WEATHER_TOOL, READ_TOOL = TOOLS[0], Tool(name="read", parameters={"properties": {"path": {"type": "string"}}})
SAME_TOOL = Tool(name="same", parameters=WEATHER_TOOL.parameters)


@pytest.mark.parametrize(
    ("tools", "names"),
    [
        ([WEATHER_TOOL], ["get_weather"]),
        ([READ_TOOL, WEATHER_TOOL], ["get_weather"]),
        ([SAME_TOOL, WEATHER_TOOL], []),
        ([], []),
    ],
)
def test_an_id_without_a_name_is_a_call_where_only_one_tool_takes_such_arguments(
    tools: list[Tool], names: list[str]
) -> None:
    for id in ("0", "call_3"):
        text = f"<|tool_call_begin|>{id}<|tool_call_argument_begin|>{ARGUMENTS}<|tool_call_end|>"
        assert [call.name for call in dialect("kimi_k2").parse(text, tools).calls] == names


def test_a_name_within_an_id_may_have_colons() -> None:
    text = "<|tool_call_begin|>functions.mcp:read:12<|tool_call_argument_begin|>{}<|tool_call_end|>"
    assert bare(dialect("kimi_k2").parse(text).calls) == [("mcp:read", {})]


JSON_VALUES = [
    ("'it\\'s'", "it's"),
    ('"a\nb"', "a\nb"),
    ('"C:\\dir"', "C:\\dir"),
    ('"\\x41"', "A"),
    ('"""a "b" c"""', 'a "b" c'),
    ("True", True),
    ("None", None),
    ("(1, 2)", [1, 2]),
    ("[1, 2,]", [1, 2]),
    ("12345678901234567890123", 12345678901234567890123),
]


@pytest.mark.parametrize(("text", "value"), JSON_VALUES)
def test_json_that_is_none_is_mended(text: str, value: object) -> None:
    parsed = dialect("hermes").parse(f'<tool_call>{{"name": "f", "arguments": {{"a": {text}}}}}</tool_call>')
    assert bare(parsed.calls) == [("f", {"a": value})]
