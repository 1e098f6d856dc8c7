"""Files of MultiPL-E's rows that can be fetched: those that its makers kept in their own repository until July 2024.

For HumanEval in C++, Go, Java, JavaScript, PHP, Rust, Bash and TypeScript they were held against the hub's rows: each
prompt and each test is the same. In C# they are left out: there every prompt has its function commented out.
"""

from __future__ import annotations

from assay.suites.official_data import OfficialFile

_REVISION = "cf9db336f37d5ddcb50f6dbd97c67e5678ecfa96"
_ADDRESS = f"https://raw.githubusercontent.com/nuprl/MultiPL-E/{_REVISION}/prompts/"

_PINS = {
    "humaneval": {
        "py": (161, 193099, "8cfc1695e3127f05252489af987628f103355bd6eb51e81cfde545ed390522ae"),
        "js": (161, 206768, "47536b7f7a0221586cdecc16c900ff8e7ba7dd60cc4bab3bddbbc4e866e0cef8"),
        "ts": (159, 210582, "dac2c1577ad99503d0c2e1d91ffcc386711ade271462934b604f08b01f7ad0fa"),
        "go": (154, 278401, "41f2ce7f82f1a2e5a2b1753cd1a18e26cf216c6c45423f5da3e3351a1894e3f4"),
        "rs": (156, 211787, "3e528744b7b6dcbc8054b489f3928b88901386911ba9bcf908b4f2b53c5bcc87"),
        "java": (158, 313108, "a38a4fab2136b0b7d03236f2c423d2182b2d4a182edd0fa9639305c3afb733a5"),
        "cpp": (161, 264079, "4910aa71c605754136ec9c95efcf458704967d21b3d09ed2a141eaca5a1903a2"),
        "php": (161, 252748, "588a969eb171a380c4ef4e2dcf461fc2617648bc85c25b2ff497b341c5cc6d86"),
        "sh": (158, 194488, "f4a6fc2f6ecf8489bab32584aeeb8a05158bddd51518929fc7fe0010a95210a0"),
        "rb": (161, 213054, "20dbc5f06d5b422a44a7ef590d6c37304e31ab3d351414dbeaa8663af9aae475"),
        "lua": (161, 206945, "0b0e7af680169025594aeed41c6d9bb24237a1b23257329cb4b36890c23633a5"),
        "pl": (161, 274638, "faded23384d5494c72221a1220d5a955f1e39136564fe08f1e2c98d3926f8e18"),
        "r": (161, 210657, "ae66d068faff39358e6f0825c59e86285bc458037b805f9673222ad21a6309cf"),
        "jl": (159, 187134, "d1de7724977d2139320de25950dd45fc9009783903f29c6eefb4cc7d6e585cf5"),
    },
    "mbpp": {
        "py": (399, 303593, "3cbc00f5ed5612ba015ec8b526fe4073e4891839329094912e79e73ec160f1ae"),
        "js": (399, 309197, "9bb4dd80a3091fb7b79a76f046c36504b64b3e148c17f63e53a02789238b80b2"),
        "ts": (391, 316949, "d45ebbcc05d361e86fec4d3a965f9ecdf6f77f684cc05454f82e66a1730ea256"),
        "go": (375, 466061, "d4e30501b46525ac11ad16fe926619056a103732207be51acc31a22a42e53411"),
        "rs": (354, 261305, "79d6d045885289afda0ba7d7f19faa997aa7e37e9f80932ecbcbe470f3af3a25"),
        "java": (387, 473509, "3a963fb383e888da42453a00e5e018ab4ac8746811a553ee396560b2ff0bd7f0"),
        "cpp": (398, 411117, "cf7859bfa4202c9e158afa5969768274152180c5c53648c3625681567c116706"),
        "cs": (387, 467848, "06b54f3b18593f7d8c027aeff1ce5f74e2e3c58f45e1386c3a4bad77742d7614"),
        "php": (399, 364761, "fcd75493638224d591b8b41d30328220cb84d42ddc74be1b883a35346a7f98c6"),
        "sh": (389, 276320, "9a71c37fc15b330db1e24b85f401c642217ae6e2f53115e42800350bddad45f6"),
        "rb": (399, 319370, "ed95ccea16e6d66a94c34510896bf7b5a2f2d3d59890c29e6c13745dd0279146"),
        "lua": (399, 312332, "80e74d60bd13f6099e27d388a439221fca69978da92b7b9d31b79692b23d1e7f"),
        "pl": (399, 381438, "a6c70da25dd36434b524d124c3259c499291650f41db618bde1e868c730d29dc"),
        "r": (397, 301291, "99ee33bf4d4c4d4f6238f9a57c8824161684dbb0ff3dfcadbd7722f092cfe250"),
        "jl": (391, 281397, "9ce3027c315341fe3adc93169199ca95c8143b74919067ac76df658f527e90ee"),
    },
}
"""By MultiPL-E's short name of a language: rows, bytes, SHA-256."""


def stem(dataset: str, code: str) -> str:
    """What the file is called, without its ending."""
    return f"{dataset}-{code}-reworded"


def file_of(dataset: str, code: str) -> OfficialFile | None:
    """None where there is none to be fetched."""
    pin = _PINS[dataset].get(code)
    if pin is None:
        return None
    rows, size, sha256 = pin
    name = f"{stem(dataset, code)}.jsonl"
    return OfficialFile(
        suite="multipl-e", name=name, address=_ADDRESS + name, sha256=sha256, size=size, rows=rows, key="name"
    )
