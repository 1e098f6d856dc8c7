"""Aider's polyglot exercises by name, each with a hash of its files: what makes them the official ones."""

from __future__ import annotations

COMMIT = "7e0611e"
"""Of the repository that they were taken from."""

_BY_LANGUAGE = {
    "cpp": """
        all-your-base=44aace33ecfeedc9 allergies=f70e7ad5cffcd694 bank-account=07cd8a60caed4249
        binary-search-tree=ce88f4968ba9ccb6 circular-buffer=7aaa3f66eb00ec61 clock=e86594184f73839a
        complex-numbers=80e126b0a7dede4a crypto-square=9e16d72229dbc12b diamond=5d407ab030bd8216
        dnd-character=6e1342cdbb77d285 gigasecond=085ae9338b77b5f5 grade-school=c8f159cdacf9eb77
        kindergarten-garden=1c97d553fbcd69ce knapsack=f3f1306da123d31e linked-list=c48408b022638027
        meetup=f4ea6e8bcb436587 parallel-letter-frequency=812b31abb189dd1c perfect-numbers=c6d59f94f7f31efa
        phone-number=d01a6c33c2099e2b queen-attack=bf45e3d08c568181 robot-name=3fa79795ef000fd0
        space-age=e7a884d661ab0b5e spiral-matrix=478272d4c3e77b28 sublist=f81e8fad711ee6bf
        yacht=7c0847874afa868f zebra-puzzle=2281617f6f129fe7
    """,
    "go": """
        alphametics=1219d9705d838d86 beer-song=2f734c09df311294 book-store=730efed0e4b9aca8
        bottle-song=00c0b5afb080d966 bowling=a96d5c6f9b429eb8 connect=347591cf4375cee1 counter=d93640a0c375da99
        crypto-square=6eb92bfc07b1bcbf dnd-character=75506cf2efe0c776 dominoes=83cfc1ae9df9e89b
        error-handling=f2eee64a6ac1b267 food-chain=1c987f0fb2105f89 forth=fdec3e49e5ea03ab
        hexadecimal=2cf22997f2ecf132 kindergarten-garden=686e6fe159352ab0 ledger=c059a7bc0bf08e00
        markdown=dd867f9c555af03b matrix=54fb110567caa9a5 octal=387ee5d87125ac63 paasio=8df9c222cb33c897
        palindrome-products=67a2a7054478b433 pig-latin=25be62edb1ad9748 poker=56757dfc61bbf913
        pov=cc71aad4a86bcb84 protein-translation=9698a229b503bed7 react=6d4ac7c9bc36cf7e
        robot-simulator=9e85808eab64ed6a say=5499f348ee4ae369 scale-generator=fcb45abe9732e48d
        simple-linked-list=c9cce51cc5ff14b0 sublist=6723e88c22f2844f transpose=354b79f0310f511f
        tree-building=759cbc57be69ec91 trinary=6ae3ae6533c0942a two-bucket=9ec4980950548d6e
        variable-length-quantity=31d031c09e973182 word-search=fd58b9daf0dcf121 wordy=fd413d1e6968f182
        zebra-puzzle=886aabda6b7fc27f
    """,
    "java": """
        affine-cipher=9279cb48b4400d0e all-your-base=fd8d16064ad68311 alphametics=8bb9139bddf2f30a
        bank-account=15d3988b8c602a05 book-store=ebcd4a341ab304c6 bottle-song=6f06d06fff365e4a
        bowling=a6a691ef5ae6033c change=86356744dc6289f3 circular-buffer=12c9d8b486ecaa49
        connect=024f09abd17b9ab5 custom-set=e213c7aa4e11e367 dominoes=26b1e9496879cc5c
        food-chain=3ae0f4118da8b8c1 forth=edd2d0c487cb22b5 go-counting=f637e95d7816d0e7 hangman=a3e9118d99d5b365
        house=e9c146fb10c4a64b kindergarten-garden=1a78e0adc71a4255 ledger=296fd45d6cf01cdf
        mazy-mice=d835299d8be979e3 ocr-numbers=73bde80cb5a487bc palindrome-products=d8a29ccefc7c9e7d
        phone-number=eb239b7aa808c71d pig-latin=c025c893c9aff86c poker=50b9ff21643b0219 pov=e4b2058e20e854c4
        protein-translation=d2964df44d1674bd pythagorean-triplet=87917eeb206e7ae7 queen-attack=fb9f89134f2afcd3
        rational-numbers=54261618cab8a2e9 react=395302ddd752a5f4 resistor-color-trio=8916a5c0b6bbeae7
        rest-api=a7a6bb247e80fcc2 satellite=b14c2e8194ed7f2f series=40b0f61bd228ef72
        sgf-parsing=3499d8f660beff59 simple-linked-list=664cb66c191c77ca state-of-tic-tac-toe=2aba4b89842fd31a
        transpose=a67eb2e2a02d9ce6 tree-building=42049d3378fb1ad4 twelve-days=84d665d825ce5bc8
        two-bucket=511efe1f5437dcd4 variable-length-quantity=f0dcd6dc4788f94a word-search=3b356f0ceaaa0912
        wordy=147486adcdae8cd6 zebra-puzzle=da2281047d08b2e7 zipper=7e790e7ec37776f6
    """,
    "javascript": """
        affine-cipher=cfd11bea574906b7 alphametics=32c482893512ef52 beer-song=77160cbc6685930c
        binary=0c3bbd4cc7093f3c book-store=777bd3b22788d20e bottle-song=36a4b23711218261
        bowling=490edf0764c59a03 complex-numbers=e35fbed4636c87d9 connect=092c794a9d8daf25
        food-chain=d03295f720429d5a forth=d3ad9970fe61b0d1 go-counting=9168ce6dcffd1323
        grade-school=520fc3147186022f grep=d8f98a95f210112d house=faaec725836da1f8
        killer-sudoku-helper=e3f0a2fec13bcc36 ledger=c2bb1b5154bd2b2b list-ops=5ab51b7abb401520
        meetup=d5b88a55e5d9a1db ocr-numbers=23c33ae376998aab palindrome-products=f09d00b7a048e91a
        parallel-letter-frequency=fb828f9e9ef1415a phone-number=ebf5c6c3c1f0ed93 pig-latin=00e12254d537a9c5
        poker=2d3b4996ff8f4865 promises=ea3d3a895fefd689 queen-attack=4c743d90b70ac6db
        rational-numbers=3522628c5fdf3c28 react=e4ad4bfcfba073c2 rectangles=c18f43dbe29ff5af
        resistor-color-trio=3830db04eacead97 rest-api=ca7b9c829d891fa7 robot-name=5d3a7a941559646f
        say=923ae4409c0b6959 scale-generator=7956502fd86595df simple-linked-list=54a3ca713e0d63b0
        space-age=b22214e0e384e128 state-of-tic-tac-toe=2b5c5c37005cc197 sum-of-multiples=4ed0c8c61507512b
        tournament=9fe819bcc6e8af4f transpose=0f866ecaea130e6b triangle=5abf878d3cdeef07
        twelve-days=07e99d550f1f2300 two-bucket=96cffc29d2ba7ebf variable-length-quantity=a167e70e3876d108
        word-search=cfee0b5ce49fec49 wordy=53c370f72a82e68d zebra-puzzle=6872e607f7ba818a
        zipper=5ebd22a910e1d6f6
    """,
    "python": """
        affine-cipher=95b091b176bf0437 beer-song=603d2c07c830269b book-store=2094b7e2eed71a28
        bottle-song=a2d78110582db86e bowling=91ea6f817fcfd5de connect=f67266436a3db6be dominoes=90815cfcc4e06673
        dot-dsl=e72b44470593b235 food-chain=f17d3298719086c2 forth=48a00909b2191b4c go-counting=0b2d0fb485930aab
        grade-school=b5a20e5370f7ed48 grep=01aae7843e5483ef hangman=64b63b7f62c70538 list-ops=646e02add5e4eb12
        paasio=8737e11a75e2a86d phone-number=bb10f82432db0e33 pig-latin=957448d81e7ab278 poker=19ad3ef8a61cd45d
        pov=75df671f0524d089 proverb=25fb898f318e6f00 react=ab4ffe4b7ceba57d rest-api=2a6dd743e4c0d7ff
        robot-name=0dfad7afe9881d1d scale-generator=b30adfd6787f504d sgf-parsing=ba6d794055a281a5
        simple-linked-list=e351acc60ce09f05 transpose=01cc012c631483e5 tree-building=befc776bb66f3478
        two-bucket=1b4abe01f5dc1439 variable-length-quantity=44b6d562e6351fd5 wordy=a0ead721abd3653a
        zebra-puzzle=1fd83a024b909775 zipper=72129ae0ce6a6874
    """,
    "rust": """
        accumulate=0eb6fdf1c0ff18c9 acronym=4c7a83de08c41272 alphametics=61abf0a91f30e36d
        book-store=802cd76ad434035f bowling=d847fb17fb8aee22 decimal=ed3d26917666e82b dot-dsl=efce93b64925a5b3
        doubly-linked-list=20b14e4c7da0b560 fizzy=8edcd8f73975a84a forth=5729b9305a0af0b7
        gigasecond=ff616817f44555dc grade-school=7ea5d78b29eb9f98 grep=bb4f74d1585d4387
        luhn-from=99e0fd96c27d7394 macros=4410adf5f2954bec nucleotide-codons=c81d3ea308b3afa9
        ocr-numbers=7d4847d98e3f9c51 parallel-letter-frequency=e7c9344d25694eec pig-latin=d7fb03559ac1a413
        poker=c45d9aa21e1aafb3 react=c449e7cfa5b9cc86 robot-name=46e52452622a16d0 say=533a24d53d772cea
        scale-generator=fea8ffc17427c3b4 simple-cipher=daa34a3d673d42ad two-bucket=38cd6810db323ecd
        variable-length-quantity=77faea88aba5351f word-count=17ef4800b5c054ba wordy=708197937119de6d
        xorcism=1ae0a24f12b61aef
    """,
}

SUMS = {
    f"{language}/{name}": made
    for language, listed in _BY_LANGUAGE.items()
    for name, _, made in (item.partition("=") for item in listed.split())
}
"""Exercise ids to what `aider_polyglot.sums_of` says of them."""
