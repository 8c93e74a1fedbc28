"""Texts about wording within themes and about copied sentences, each in Chinese and English."""

WORDING: dict[str, tuple[str, str]] = {
    "within": ("同一主题，说法何异", "Same theme, other words"),
    "within.lead": (
        "只看同一主题的句子：哪些词在这里用得更多。用词不同不等于轻重不同。深色加粗的词经置换检验显著，其余不能断定。",
        "Within the sentences of one theme: the words used more here than elsewhere. Other words are not other "
        "priorities. Words in bold are significant under permutation; of the others one cannot tell.",
    ),
    "within.lead.open": (
        "只看同一主题的句子：哪些词在这里用得更多。用词不同不等于轻重不同。文件或小节太少，没有一个词能断定。",
        "Within the sentences of one theme: the words used more here than elsewhere. Other words are not other "
        "priorities. With so few documents or sections none of them is sure.",
    ),
    "within.mix": ("差别出自主题轻重，还是出自用词", "Priorities or wording?"),
    "within.mix.lead": (
        "两处文字的差别（比特，0 为相同，1 为全然不同）分成两部分：主题的轻重，和同一主题下的用词；旁边是把句子随机对换后也会有的数值。",
        "How far the words of two sides differ (bits, 0 for alike, 1 for wholly apart), split into the mix of themes "
        "and the wording within themes; beside each stands what exchanging sentences at random would give.",
    ),
    "within.rest": ("其余{by}", "all other {by}s"),
    "column.mix": ("主题轻重", "Mix of themes"),
    "column.wording": ("同一主题的用词", "Wording within themes"),
    "column.mix_part": ("超出随机的差别中主题轻重所占", "Mix, of the difference beyond chance"),
    "within.chance": ("随机 {value}", "by chance {value}"),
    "copies": ("彼此雷同的句子", "Sentences that documents share"),
    "copies.lead": (
        "{n} 句与其他文件的句子几乎逐字相同（4 字片段的相似度不低于 0.7），合为 {clusters} 组。它们可能抄自上级文件或套话，不一定是本地的主张。",
        "{n} sentences stand almost word for word in another document (similarity of 4-character pieces at least 0.7), "
        "in {clusters} sets. They may come from a common source and need not be a district's own emphasis.",
    ),
    "copies.first": (
        "这里列出前 {n} 组，牵涉文件多的在先；全部见 copies.csv。",
        "Listed are the first {n} sets, those in most documents first; all are in copies.csv.",
    ),
    "copies.without": ("有无雷同句的占比", "Shares with and without them"),
    "copies.without.lead": (
        "每格先是剔除雷同句后的占比及其 {level} 区间，再是全部句子的占比。",
        "Each cell: the share without these sentences and its {level} interval, then the share with all.",
    ),
    "copies.with": ("全部 {share}", "with all {share}"),
    "column.copied": ("原文", "Text"),
    "column.similarity": ("相似度", "Similarity"),
    "column.places": ("所在文件", "Documents"),
}
