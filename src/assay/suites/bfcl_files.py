"""The official files of the Berkeley Function-Calling Leaderboard, as of spring 2026. A table, and nothing else."""

from __future__ import annotations

from assay.suites.official_data import OfficialFile

_PACKAGE = "https://github.com/ShishirPatil/gorilla/raw/main/berkeley-function-call-leaderboard/bfcl_eval"
_ADDRESS = f"{_PACKAGE}/data/"
_PROGRAMS = f"{_PACKAGE}/eval_checker/multi_turn_eval/"

# SHA-256, bytes, rows.
_QUESTIONS = {
    "simple_python": ("82dd63ba502eb2520c6b5d1d9a5c4b590e03ff261565175561f6228a367d1991", 283274, 400),
    "simple_java": ("13d2303a125b08754f0e41995b9273b5005fa8ed8ebfaa24ef53b4d83c4b5c6e", 86619, 100),
    "simple_javascript": ("329e67fedf79a6243d93dbda4b388d12bd2d31f1f2163d92cb6ef676d1764f44", 47063, 50),
    "multiple": ("aef168155ebd74b7ac2401198b201343bc7d16d7a3d7e0d4e6d8ee82c6969b2a", 316583, 200),
    "parallel": ("19f51a82eff42e5d62541aa500115a056eb78f437c2ba1f10415fd7c8e5dda84", 171896, 200),
    "parallel_multiple": ("8863ea8433239f55c5f016154cf0830853c89f693c6ea270396a2fa121960579", 347080, 200),
    "irrelevance": ("2b6ed4c2e992cdcf5f1678a701851f944bef7550ee026ed1ddb89efed5be01a6", 159940, 240),
    "live_simple": ("1af2ac87dca47556db7b7e37e51e28b459a38b594e3c7b3c792b4903598ca0c4", 260140, 258),
    "live_multiple": ("fd8ccfad4d911420d0e3341dbe2fff77d1d341da934248b9bb2bda24ab3a10c8", 3891277, 1053),
    "live_parallel": ("6c26e9fdc3350cf596e6d1ea9c179cbff834761bccf562f4141ed29a839ca421", 15649, 16),
    "live_parallel_multiple": ("21d4b9319c1faac431e22757b367ea28917fe467364c3a4b17f16ec06d4f6e79", 82332, 24),
    "live_irrelevance": ("6559fda2beaceb609a2cd2e504c65b4a56cb448e1ef88fddfd199e163d163349", 2209534, 884),
    "live_relevance": ("e03f9e241657a137cba48a89ee12f47bf3fcb7e4f6274263e9c699a0c974203a", 47327, 16),
}
_ANSWERS = {
    "simple_python": ("90cd5bc653690ee8e459b5b3f3fc9458606f7f3fcbf795bb51b7dc581f8c86dc", 63627, 400),
    "simple_java": ("78f25616084044fa05bbfcee68e03f6ececb222bdd5cb3b7783a675fb3366e35", 16407, 100),
    "simple_javascript": ("e2f9f2e51d88e0c8056ffbf1a3dd3d02eb032532d2b5d98c9cc9003385bdd56b", 7881, 50),
    "multiple": ("244e00ce9395df948bcafc7bee64e8f9c87ef70887587d83cae45b13699f3047", 32254, 200),
    "parallel": ("8a6aa19c1adddc6a5a2f7e40f9dbf30cc7e95815e7b830c90589ab318229e0f0", 66005, 200),
    "parallel_multiple": ("5ebf24f458c1f16300c05505d83d6f0a1b68b79be273a033febd0d4f840507e3", 74602, 200),
    "live_simple": ("fec9cfa9744a936f9126981e85a2023da1e63e273eafebc81923a1162fad70ce", 46972, 258),
    "live_multiple": ("97e90d59c5bd76c55a2920ce93e5566e9046307d3f558578f085f9d3a56c3084", 199668, 1053),
    "live_parallel": ("8a9f189ff0e832ebbbbdade1fd95a7dbcc67406e9177df3f0aad76f59ab00350", 4972, 16),
    "live_parallel_multiple": ("f5b5f360556c5feb51db46fb9f56ee4b304f4b45b161599bbb14161c98a2873f", 7420, 24),
}
_TURN_QUESTIONS = {
    "multi_turn_base": ("1a21a995d06fd6f20ba55de7bced30ef953ec35e998f502ec2ecf4d66ef1c43a", 390425, 200),
    "multi_turn_miss_func": ("87d28ce10e37d864b72de85d5732eef2a867b241d6c1c99b4ae682c9e3ea921c", 401159, 200),
    "multi_turn_miss_param": ("f0c66dda3795f5f53e3e1c0cc8ba0246b6761c8f58bdba8317203bf451ab8838", 402974, 200),
    "multi_turn_long_context": ("78c3268c5cc8e97c0f4ec6c811b3b9a2bba14323b1830b7a874b06d822749324", 392016, 200),
}
_TURN_ANSWERS = {
    "multi_turn_base": ("1fee67823b317571649177dd89d63969feaae4e810cc7448ee55ba797fb7c8fc", 78931, 200),
    "multi_turn_miss_func": ("69e679b806d1c871b05393a4b95583bb973248e5b8d96c2d7f4ca05e29fc32e6", 80589, 200),
    "multi_turn_miss_param": ("59c442901779e2c31c33abcd566d032e03736e5ad8069de2fe05489873046ecf", 80816, 200),
    "multi_turn_long_context": ("e82aa0e839c39d23c64a05834f7ae024d7c9738ec21738ecee78dc876e3d0d18", 114439, 200),
}
_DOCUMENTS = {
    "gorilla_file_system": ("c4c1b741c71e2a17c97a5dc9c4a91d89978c4eaece56494d14272d5df6c650e9", 13953, 18),
    "math_api": ("83fa31708c89442bdcf12ac4dfbe3be8663ec9183a1b1524a9fda98164bc7e0b", 9158, 17),
    "message_api": ("4d58ea933a5d2b280d7a52366617fb47fecd333d7b0e08e724db6fa12fb5f847", 6027, 10),
    "posting_api": ("87f9fc404a06e4107d7c366f1399c596440e84c16cb119faf374b2f532d86e8b", 10573, 14),
    "ticket_api": ("31324e0380782664fe82ba05bd23517808ad55692b45a5fe7c3d4d395fe4f0f8", 6648, 9),
    "trading_bot": ("1a7933fd8f0cb8fbec38aeae05cb8c24132747cad4904fe1c13ac3d01fc22c2d", 12608, 20),
    "travel_booking": ("f17b950c13adddf41d0848077df58788252e4c2e7cad5cfa71c8c4bf04f57b26", 16979, 18),
    "vehicle_control": ("0c8a66292844874ef7b168f343bc394d8615d2d9e1f4387999a9ee23011eac78", 17545, 22),
}
_SYSTEMS = {
    "gorilla_file_system": ("84173750930b09aaa31b90547c9bd79ce75714682608b35e78a9c1ea259faf2b", 32759),
    "long_context": ("5c9a5710115609c779e5b2ccb43f6ad58271ed96f2ea7a797edb0d65c385aa38", 190330),
    "math_api": ("abde32cc25e71b2ff3acf4d028a3c005b98409c174aba4abddbfe1c018afb9a8", 12252),
    "message_api": ("cf72af1635654147af17df1891a7fb354549e78a61930139f741a31f4be21121", 12534),
    "posting_api": ("32b887aaa37c7167ad9c84ddfa7bbb855c75d3c1edab19ba868aba29acc4cfa1", 12537),
    "ticket_api": ("6a9375aa6425410c07a151aef27f3e44e9ed1023bb5cc5c25f14f4a9b3c99116", 9677),
    "trading_bot": ("cc2e3949035b561e9d07418b081561aa07b211672200e2e511aec074bf79fcb2", 23795),
    "travel_booking": ("e698e22adccf0d6d41b297f2d5e44faebd828cef4752df6a4ffb1570c0c35296", 36647),
    "vehicle_control": ("f5f7a2f28968728927a98ae12ec68a32d70781cfb74c2d7b14801772362b12d1", 29559),
}


def questions(category: str) -> OfficialFile:
    return _file(f"BFCL_v4_{category}.json", *_QUESTIONS[category])


def answers(category: str) -> OfficialFile | None:
    """None where there is nothing to be called, or anything will do."""
    if category not in _ANSWERS:
        return None
    return _file(f"possible_answer/BFCL_v4_{category}.json", *_ANSWERS[category])


def turn_questions(category: str) -> OfficialFile:
    return _file(f"BFCL_v4_{category}.json", *_TURN_QUESTIONS[category])


def turn_answers(category: str) -> OfficialFile:
    return _file(f"possible_answer/BFCL_v4_{category}.json", *_TURN_ANSWERS[category])


def turn_documents(system: str) -> OfficialFile:
    """What the functions of a simulated system are."""
    return _file(f"multi_turn_func_doc/{system}.json", *_DOCUMENTS[system], key="name")


def turn_system(module: str) -> OfficialFile:
    """A simulated system itself: a program, not a table."""
    digest, size = _SYSTEMS[module]
    name = f"func_source_code/{module}.py"
    address = f"{_PROGRAMS}{name}"
    return OfficialFile(suite="bfcl", name=name, address=address, sha256=digest, size=size, rows=0)


def _file(name: str, sha256: str, size: int, rows: int, *, key: str = "id") -> OfficialFile:
    return OfficialFile(suite="bfcl", name=name, address=_ADDRESS + name, sha256=sha256, size=size, rows=rows, key=key)
