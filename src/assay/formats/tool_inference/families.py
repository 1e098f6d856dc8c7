"""What a model's name says: its family, the dialect that it was trained on, and what else its servers need.

The first row that fits decides, so the narrower stands above the wider. A name is a weak witness (people rename
models), but often the only one.
"""

from __future__ import annotations

import re

import msgspec

from assay.formats.tool_inference.flags import Extras


class Family(msgspec.Struct, frozen=True):
    """Models that were taught the same dialect."""

    name: str
    pattern: str
    """Found anywhere in the id, in lower case, `_` and blanks as `-`."""
    dialects: tuple[str, ...]
    """The likeliest first."""
    extras: Extras = Extras()
    note: str = ""
    writes_otherwise: bool = False
    """Its models do not write what their chat template shows; this was measured."""


_R1 = Extras(reasoning="deepseek_r1", sglang_reasoning="deepseek-r1")

FAMILIES: tuple[Family, ...] = (
    Family("DeepSeek-R1 distilled", r"deepseek-r1-distill", ("deepseek_v3",), Extras(
        reasoning="deepseek_r1", sglang_reasoning="deepseek-r1", template="tool_chat_template_deepseekr1.jinja")),
    Family(
        "Qwen2.5-Coder", r"qwen-?2\.?5-coder", ("qwen25coder_fence", "bare_json", "qwen25coder_tools", "hermes"),
        note="it shares Qwen2.5's chat template and does not write what the template asks for: fenced or plain JSON"
        " comes instead of <tool_call>, and no engine's parser reads it", writes_otherwise=True,
    ),
    Family("Qwen3-Coder", r"qwen-?3-coder", ("qwen3_coder",)),
    Family("Qwen3.5 and later", r"qwen-?3\.[5-9]|ornith", ("qwen3_coder",), Extras(
        reasoning="qwen3", sglang_reasoning="qwen3", ollama="qwen3.5"),
        "its name begins like Qwen3's, whose calls are JSON; its own are XML"),
    Family("QwQ", r"qwq", ("hermes",), _R1),
    Family("Qwen3", r"qwen-?3(?!\d)", ("hermes",), Extras(reasoning="qwen3", sglang_reasoning="qwen3", ollama="qwen3")),
    Family("Qwen2.5", r"qwen-?2\.?5", ("hermes",),
           note="some tutorials say internlm: that parser starts, reads nothing and says nothing"),
    Family("Hermes", r"hermes-?(2|3|4)|hermes-.*(pro|theta)", ("hermes",)),
    Family("xLAM", r"xlam", ("xlam",), Extras(template="tool_chat_template_xlam_llama.jinja"),
           "the Qwen-based ones take tool_chat_template_xlam_qwen.jinja"),
    Family("ToolACE", r"toolace", ("pythonic",), Extras(template="tool_chat_template_toolace.jinja")),
    Family("Functionary v3.2", r"functionary.*v?3\.2", ("functionary_v32",)),
    Family("Functionary", r"functionary", ("functionary_v31",)),
    Family("FireFunction", r"firefunction", ("firefunction",)),
    Family("Nemotron 3", r"nemotron-?3|nemotron-3", ("qwen3_coder",), Extras(
        reasoning="nemotron_v3", sglang_reasoning="nano_v3", ollama="nemotron-3-nano")),
    Family("Nemotron Nano v2", r"nemotron-nano.*v2", ("nemotron_nano",)),
    Family("Llama 4", r"llama-?4", ("llama4_pythonic", "llama3_json"),
           Extras(template="tool_chat_template_llama4_pythonic.jinja"),
           "some checkpoints write JSON: then --tool-call-parser llama4_json"),
    Family("Llama 3.2", r"llama-?3[.-]2", ("llama3_json", "pythonic"),
           Extras(template="tool_chat_template_llama3.2_json.jinja")),
    Family("Llama 3", r"llama-?3[.-][13]", ("llama3_json", "llama3_json_tag"),
           Extras(template="tool_chat_template_llama3.1_json.jinja")),
    Family("Mistral Small 3.2", r"mistral-small-3[.-]2|mistral-small.*2506", ("mistral_v11_callid", "mistral_v11")),
    Family("Mistral, newer", r"devstral|magistral|ministral-3|mistral-(large-3|medium|small-(3|4))", ("mistral_v11",
           "mistral_v11_callid"), Extras(reasoning="mistral")),
    Family("Mistral", r"mistral|mixtral|ministral|codestral|pixtral", ("mistral_v3", "mistral_v11"),
           Extras(template="tool_chat_template_mistral_parallel.jinja")),
    Family("DeepSeek-V4.1", r"deepseek.*v4\.1", ("deepseek_v41",), Extras(reasoning="deepseek_v41")),
    Family("DeepSeek-V4", r"deepseek.*v4", ("deepseek_v4",), Extras(reasoning="deepseek_v4")),
    Family("DeepSeek-V3.2", r"deepseek.*v3\.2", ("deepseek_v32",), Extras(
        reasoning="deepseek_v3", sglang_reasoning="deepseek-v3")),
    Family("DeepSeek-V3.1", r"deepseek.*v3\.1", ("deepseek_v31",), Extras(
        reasoning="deepseek_v3", sglang_reasoning="deepseek-v3", template="tool_chat_template_deepseekv31.jinja")),
    Family("DeepSeek-R1", r"deepseek-r1", ("deepseek_v3",), Extras(
        reasoning="deepseek_r1", sglang_reasoning="deepseek-r1", template="tool_chat_template_deepseekr1.jinja")),
    Family("DeepSeek-V3", r"deepseek.*v3", ("deepseek_v3",),
           Extras(template="tool_chat_template_deepseekv3.jinja")),
    Family("Kimi K3", r"kimi-?k3", ("kimi_k3",), Extras(reasoning="kimi_k3")),
    Family("Kimi K2", r"kimi-?k2", ("kimi_k2",), Extras(reasoning="kimi_k2", sglang_reasoning="kimi_k2")),
    Family("GLM-4.7 and later", r"glm-?(4\.7|5)", ("glm47",), Extras(reasoning="glm47", sglang_reasoning="glm45")),
    Family("GLM-4.5", r"glm-?4\.[56]", ("glm45",), Extras(reasoning="glm45", sglang_reasoning="glm45")),
    Family("GLM-4", r"glm-?4-|glm-?z1", ("glm4",)),
    Family("MiniMax-M3", r"minimax-?m3", ("minimax_m3",), Extras(reasoning="minimax_m3")),
    Family("MiniMax-M2", r"minimax-?m2", ("minimax_m2",), Extras(reasoning="minimax_m2", sglang_reasoning="minimax")),
    Family("MiniMax-M1", r"minimax-?m1|minimax-text", ("minimax_m1",)),
    Family("gpt-oss", r"gpt-?oss", ("harmony",), Extras(reasoning="openai_gptoss", sglang_reasoning="gpt-oss")),
    Family("Phi-4-mini", r"phi-?4-mini", ("phi4_mini",), Extras(template="tool_chat_template_phi4_mini.jinja")),
    Family("Granite 4", r"granite-?4", ("hermes",), Extras(vllm="granite4")),
    Family("Granite 20B function calling", r"granite-20b", ("granite_20b_fc",),
           Extras(template="tool_chat_template_granite_20b_fc.jinja")),
    Family("Granite 3.0", r"granite-3[.-]0", ("granite30",), Extras(template="tool_chat_template_granite.jinja")),
    Family("Granite 3.1", r"granite-3[.-]1", ("granite31", "granite30"), Extras(reasoning="granite")),
    Family("Granite 3", r"granite-3", ("granite30", "granite31"), Extras(reasoning="granite")),
    Family("InternLM", r"internlm-?2|intern-?s1", ("internlm2",),
           Extras(template="tool_chat_template_internlm2_tool.jinja")),
    Family("Jamba", r"jamba", ("jamba",)),
    Family("Apriel", r"apriel", ("apriel",)),
    Family("Hunyuan-A13B", r"hunyuan-?a13b", ("hunyuan_a13b",), Extras(
        reasoning="hunyuan_a13b", template="tool_chat_template_hunyuan_a13b.jinja")),
    Family("Hy4", r"\bhy-?4", ("hy_v4",), Extras(reasoning="hy_v4")),
    Family("Hy3", r"\bhy-?3", ("hy_v3",), Extras(reasoning="hy_v3")),
    Family("Step-3.5", r"step-?3\.[5-9]|step-?5", ("qwen3_coder",), Extras(vllm="step3p5", reasoning="step3p5")),
    Family("Step-3", r"step-?3", ("step3",), Extras(reasoning="step3", sglang_reasoning="step3")),
    Family("FunctionGemma", r"functiongemma", ("functiongemma",),
           Extras(template="tool_chat_template_functiongemma.jinja")),
    Family("Gemma 4", r"gemma-?4", ("gemma4",), Extras(reasoning="gemma4")),
    Family("Gemma 3", r"gemma-?3", ("pythonic", "gemma3_pythonic_fence"),
           Extras(template="tool_chat_template_gemma3_pythonic.jinja"), "Gemma 3 has no form of its own for calls"),
    Family("LFM2", r"lfm-?2", ("lfm2",)),
    Family("OLMo 3", r"olmo-?3", ("olmo3",), Extras(reasoning="olmo3")),
    Family("LongCat", r"longcat", ("longcat",)),
    Family("ERNIE 4.5", r"ernie-?4\.5", ("ernie45",), Extras(reasoning="ernie45")),
    Family("Apertus", r"apertus", ("apertus",), Extras(template="tool_chat_template_apertus.jinja")),
    Family("GigaChat 3.5", r"gigachat-?3\.5", ("gigachat35",)),
    Family("GigaChat 3", r"gigachat", ("gigachat3",)),
    Family("MiniCPM5", r"minicpm-?5", ("minicpm5",)),
    Family("dots", r"\bdots", ("dots",)),
    Family("Inkling", r"inkling", ("inkling",), Extras(reasoning="inkling")),
    Family("Command A+ and North", r"north-mini-code|command-a-?(plus|\+)", ("cohere_r7b",), Extras(
        vllm="cohere_command4", reasoning="cohere_command4")),
    Family("Command R7B and A", r"command-?(r7b|a)|c4ai-command-a", ("cohere_r7b",),
           Extras(reasoning="cohere_command3")),
    Family("Command R+", r"command-?r", ("command_r_plus",)),
    Family("Seed-OSS", r"seed-?oss", ("seed_oss",), Extras(reasoning="seed_oss")),
    Family("MiMo-VL", r"mimo-?vl", ("hermes",), Extras(reasoning="mimo")),
    Family("MiMo", r"mimo", ("mimo",), Extras(reasoning="mimo")),
    Family("Muse", r"muse-(spark|glimmer)", ("muse",)),
    Family("Laguna", r"laguna|poolside", ("glm45", "glm47"), Extras(
        vllm="poolside_v1", sglang="poolside_v1", ollama="laguna", reasoning="poolside_v1")),
    Family("Ling 3", r"\bling-?3", ("ling3",), Extras(reasoning="ling3")),
    Family("IQuest Q1", r"iquest.*q1", ("iquest_q1",)),
    Family("TeleChat 4 and Xing 4", r"telechat-?4|\bxing(chen)?-?4", ("telechat4",)),
    Family("Trinity", r"trinity-(nano|mini|large)", ("hermes",), Extras(sglang="trinity")),
    Family("Spark 2.5", r"spark-?2\.5", ("glm47",), Extras(sglang="spark25")),
    Family("SmolLM3", r"smollm-?3", ("hermes",)),
    Family("Solar Open 2", r"solar-open-?2\b", ("solar_open2",)),
    Family("Solar", r"solar-open", ("solar",)),
    Family("PLaMo 3", r"plamo-?3", ("plamo3",), Extras(reasoning="plamo3")),
    Family("K2 Horizon", r"k2-horizon", ("k2_horizon",), Extras(reasoning="k2_horizon")),
    Family("Bielik", r"bielik", ("hermes",)),
    Family("Reka Edge", r"reka", ("hermes",)),
)  # fmt: skip


def family_of(model: str) -> Family | None:
    """The family that the id of a model, a repository or a file names."""
    name = re.sub(r"[_ :]", "-", model[:300].lower())
    return next((family for family in FAMILIES if re.search(family.pattern, name)), None)
