"""Aider's polyglot exercises by name, each with a hash of its files: what makes them the official ones."""

from __future__ import annotations

COMMIT = "7e0611e"
"""Of the repository that they were taken from."""

_BY_LANGUAGE = {
    "cpp": """
        all-your-base=2a217620a6646aad allergies=17796a533e1db8a6 bank-account=f0d34785ef439a02
        binary-search-tree=2bae0e54b5393866 circular-buffer=c1115c2b6c35342b clock=2e94f437e07496dd
        complex-numbers=a0e8c485ae1b1cee crypto-square=6c8703093893a920 diamond=cd311fe88f2da692
        dnd-character=c9cee22d371d5c9c gigasecond=1fbd440b9d13ad32 grade-school=b8736695c68483c0
        kindergarten-garden=a6edb617457589a6 knapsack=0675bea4daed24ee linked-list=5c5ac44263d2e590
        meetup=d92ca6634ce532da parallel-letter-frequency=9477cb45ccd056eb perfect-numbers=df40c8c1827632ae
        phone-number=2c5688e76d13382a queen-attack=0038afb72d7ba761 robot-name=bbea9a7ac996cdff
        space-age=2f516a175a1bd14b spiral-matrix=5e51224def0d486e sublist=47be16e50a048c92
        yacht=c2807f4f90330f62 zebra-puzzle=e3f3c45035d8c0e6
    """,
    "go": """
        alphametics=eb2205369c7d0bb1 beer-song=e905d5a57893aaf5 book-store=7678ab700a598200
        bottle-song=7a3d31530b209ed8 bowling=cd7245721b859945 connect=bc14598ac25ea8c0 counter=0151a71f3e958a7b
        crypto-square=16556fc3b3a57a62 dnd-character=4ee53606ec7d4fbc dominoes=13ab283a68ceaf10
        error-handling=c528c4f41aead5b4 food-chain=05410bd81872cad0 forth=2e5a64adc23bffd8
        hexadecimal=ba5d62425c9a945f kindergarten-garden=57c6c63e944c7f8f ledger=5a7a3bcd463143ac
        markdown=d1832256deffd88f matrix=502e6668021d6f9b octal=b0c2e687f40ffafa paasio=60ad0b0928d1827e
        palindrome-products=583ee05e17b66b38 pig-latin=f0ad67186647b4ca poker=3035d6a03702880f
        pov=8bec00416afab3c6 protein-translation=40cfcde533935a6a react=e85ddcadad8441cc
        robot-simulator=4817898435361f7f say=b23f467a61dbe682 scale-generator=4e2fb3b7493744a3
        simple-linked-list=a34d33298c9f43be sublist=9652208b5d9869d7 transpose=4bcb93b98c8bc9cf
        tree-building=afde7e99d4197a5a trinary=eb60af1a6efbc4de two-bucket=cc4004dc94b7cac4
        variable-length-quantity=c686409b127da752 word-search=77009cd68881c4ab wordy=050cbef1f73652eb
        zebra-puzzle=2c0e40ec570dea10
    """,
    "java": """
        affine-cipher=cb61419458908baf all-your-base=cac95fd2d50f26ca alphametics=ef753730d3f0037f
        bank-account=5a7a72f03c8b0ec5 book-store=cba1a3c73cf99a6a bottle-song=5e8d85a91967e315
        bowling=b192f94e7f40c2fc change=ae1278bc8cb0459d circular-buffer=ca621d926adaad07
        connect=833f09acfbcf9184 custom-set=6ebd2840af763fd8 dominoes=8fcdcdd68e9def0f
        food-chain=d5760c552ed079a5 forth=eca32874960a4781 go-counting=36a7ed682f1efb02 hangman=ff64a90fedaf9b08
        house=cbb76611c4641a0d kindergarten-garden=b75a7eaaebadcaf7 ledger=adeb2ac2ac9d1f99
        mazy-mice=7af28c030755a4b1 ocr-numbers=d7b274b8ac68c156 palindrome-products=f90981d426f83c99
        phone-number=8cf36d3be748636f pig-latin=605a917cede3bc61 poker=3a6a4305ca5fb89e pov=49cfc99a9ec13033
        protein-translation=f3f56bf34c03babc pythagorean-triplet=021fc39fc26915bf queen-attack=c89c9cbc394e4c51
        rational-numbers=933ab8ea743023d2 react=95511ae80cf268aa resistor-color-trio=388901b79d271a96
        rest-api=91175e37fbcd7df2 satellite=1f29592c8e885dba series=2b23571c39d6d7e7
        sgf-parsing=c1c224399df3fc8e simple-linked-list=efe11fadd030cc74 state-of-tic-tac-toe=db20e10bd8e6de74
        transpose=230b0fe10c4ff549 tree-building=385c4f875588d5eb twelve-days=267eaaf236e20f80
        two-bucket=e4f0b628081c5365 variable-length-quantity=143fed50ebf19a3a word-search=b05e081610c5208f
        wordy=5dabd24babe186b5 zebra-puzzle=79ab3d58707e8898 zipper=79da86653e8f60f1
    """,
    "javascript": """
        affine-cipher=0da81e41809fcf93 alphametics=54d81a0df6bc1723 beer-song=f590a2a8a7e668d9
        binary=cc5917293eb37378 book-store=c7878b793c6d59ce bottle-song=7fc301826455a2ae
        bowling=274a43d55c144e6f complex-numbers=ab89ccba9a1c5356 connect=9b6e1e72154cec2b
        food-chain=f19c3826a0e1ddf2 forth=92f6db0a376711bc go-counting=2b9f06e1b306ec76
        grade-school=84c918f1e03fc386 grep=cd9245a372f656a3 house=178ecd843f4ab5a2
        killer-sudoku-helper=0f690d90d746487c ledger=54ac13d33ffef185 list-ops=93c70bf3917f0a1e
        meetup=fb3268e12517a45b ocr-numbers=efd8c11ef21411b5 palindrome-products=4cf4a5816f54de98
        parallel-letter-frequency=4fa2a399c333f8e1 phone-number=e99e1bce7b3008f7 pig-latin=3394c3f05695eb61
        poker=2304edccb67f7b3d promises=17a881af16ab8744 queen-attack=df43c9ede4dfa72c
        rational-numbers=9c7ba5f9a864ac94 react=0c15ce1baaadae32 rectangles=0cbeae3ed348275a
        resistor-color-trio=2acfbf2e941d121d rest-api=38ede08de421927b robot-name=290117db9d313f91
        say=8ca75331cc382adf scale-generator=2ad30f647a6669cd simple-linked-list=fe830a7f7c0d650f
        space-age=1db36d2905a556b9 state-of-tic-tac-toe=953ed4fc678af31f sum-of-multiples=832f43473f69b878
        tournament=c26a3bc86c42dd31 transpose=f4ef7b6ca49d1c74 triangle=0b0fd0086f159e8a
        twelve-days=7efe71452bc7217d two-bucket=834e3aa3ce49c2be variable-length-quantity=6c89c9c5adc8ea03
        word-search=b45729b7b1712ca0 wordy=0608983a43ae599a zebra-puzzle=1b52760ab99db217
        zipper=3fdb15411fedc19a
    """,
    "python": """
        affine-cipher=2cd1157e72c047cf beer-song=cf6a5a4ab385a9c4 book-store=30f8751ef5a8a2e9
        bottle-song=10ac2ffdbf86ba3b bowling=ff60ff8bb86ed07b connect=13e532ce4fd09399 dominoes=345198ef8a97f9b9
        dot-dsl=29ee81a3e60379ae food-chain=daca2fdaa4e9a231 forth=ac815939a228d3ad go-counting=23583e7fc3e2265f
        grade-school=02ab296402b0615b grep=bd7b0e4d353dff0e hangman=d10fdbb3731cbb51 list-ops=ae11f9f1980533eb
        paasio=ee322b7f2acc1084 phone-number=043a1a8f27b07513 pig-latin=7c77f1edb4738d80 poker=07e6db718f9d253f
        pov=49de14a0c95782f6 proverb=9bc31d34de64426e react=3d745b6f60f88523 rest-api=f01bd85ddde5bcaa
        robot-name=83df55985fc3c70f scale-generator=7bf2227d427c2229 sgf-parsing=6876d3e70197cae8
        simple-linked-list=223475b065a7b2e0 transpose=5480a4a3c2b951bf tree-building=6a49a172f56293e6
        two-bucket=a27408f2f8fc75bc variable-length-quantity=b9eafa4bd92ba200 wordy=ce38de8a5e51ad2f
        zebra-puzzle=661ab2b5fe1d118b zipper=c1ba416e01df9492
    """,
    "rust": """
        accumulate=197f4fe8dfe8cf37 acronym=c1549482a47eda71 alphametics=b0ec9e63cf3feeb4
        book-store=fcfc24118f527ad4 bowling=630e2f303292709b decimal=841208c1402f4e4b dot-dsl=99644ccd860a7f26
        doubly-linked-list=f8f40e1c859dfa30 fizzy=bb6bf7f5712d89c8 forth=319c061b1277fb30
        gigasecond=3ac48fc521805ca7 grade-school=ef427586941694e6 grep=60c38e19d180b8d8
        luhn-from=ad1a5ad05654dab9 macros=276ce83f365090b0 nucleotide-codons=7bcc7aac6acd4968
        ocr-numbers=67b36cdc11a77831 parallel-letter-frequency=e5b96d2a8ccbb158 pig-latin=93e7c696f2961eb2
        poker=d0d2fccd0d5e103e react=94638f74cb311f4e robot-name=b147a61809aa3a71 say=97b04bce58e88cd7
        scale-generator=025d63067b354e46 simple-cipher=f15a69d4c018f79d two-bucket=4df4b28f54228938
        variable-length-quantity=d88a1d202698c542 word-count=d52f3d0f2f333624 wordy=3c2de331c312ad01
        xorcism=b1be4ddce16d06da
    """,
}

SUMS = {
    f"{language}/{name}": made
    for language, listed in _BY_LANGUAGE.items()
    for name, _, made in (item.partition("=") for item in listed.split())
}
"""Exercise ids to what `aider_polyglot.sums_of` says of them."""
