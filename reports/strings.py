"""The table of all texts that reports show: key, Chinese, English."""

from zhuti.reports.strings_evaluation import EVALUATION
from zhuti.reports.strings_wording import WORDING

STRINGS: dict[str, tuple[str, str]] = {
    # grammar
    "list.comma": ("、", ", "),
    "list.and": ("和", " and "),
    "list.semicolon": ("；", "; "),
    "stop": ("。", ". "),
    "colon": ("：", ": "),
    "range": ("{low}–{high}", "{low}–{high}"),
    "brackets": ("（{text}）", " ({text})"),
    "unknown.group": ("地区不明", "place unknown"),
    "unknown.year": ("年份不明", "year unknown"),
    # what is compared
    "by.district": ("地区", "district"),
    "by.year": ("年份", "year"),
    "by.genre": ("文种", "genre"),
    "by.document": ("文件", "document"),
    # page frame
    "title.one": ("{group}的政策主题", "Policy themes of {group}"),
    "title.two": ("{a}与{b}：政策重点比较", "{a} and {b}: what they put first"),
    "title.many": ("{n}个{by}的政策重点比较", "What {n} {by}s put first"),
    "kicker": ("zhuti 主题 · 政策文本比较报告", "zhuti 主题 · comparison of policy texts"),
    "skip": ("跳到正文", "Skip to the report"),
    "nav": ("章节", "Sections"),
    "nav.open": ("查看句子", "Sentences"),
    "theme.switch": ("深色／浅色", "Dark / light"),
    "print": ("打印", "Print"),
    "noscript": (
        "此页的句子浏览需要 JavaScript；全部句子也在同一文件夹的 sentences.csv 中。",
        "Browsing sentences needs JavaScript; all of them are also in sentences.csv in the same folder.",
    ),
    "fact.documents": ("份文件", "documents"),
    "fact.sentences": ("个句子", "sentences"),
    "fact.policy": ("句有政策主题，计入占比", "carry a policy theme and enter the shares"),
    "fact.accuracy": (
        "分类器在训练语料留出文件上的正确率",
        "of sentences right in left-out documents of the training corpus",
    ),
    "fact.accuracy.real": (
        "分类器在 {n} 个从未见过的真实句子上的正确率",
        "of {n} real sentences that the classifier never saw are right",
    ),
    "fact.labels": ("句经人工核对", "sentences checked by hand"),
    "figure.table": ("数据表", "The numbers"),
    "figure.files": ("下载：", "Files: "),
    "figure.source": ("资料：{source}；{codebook}；zhuti {version}", "Data: {source}; {codebook}; zhuti {version}"),
    "figure.groups": ("{n} 个{by}", "{n} {by}s"),
    "figure.open": ("点击图中的{what}，查看背后的句子。", "Click {what} to read the sentences behind it."),
    "link.sentences": ("{what}：{n} 句，查看", "{what}: {n} sentences, open"),
    "link.open": ("{what}：查看句子", "{what}: open its sentences"),
    # section headings
    "findings": ("要点", "Findings"),
    "shares": ("各主题占多大篇幅", "How much room each theme takes"),
    "shares.lead": (
        "有政策主题的句子中各主题所占比例；细线为 {level} 区间。",
        "Share of each theme among the sentences that carry a policy theme; thin lines are {level} intervals.",
    ),
    "shares.lead.many": (
        "有政策主题的句子中各主题所占比例，按{theme}从高到低；细线为 {level} 区间，区间相叠处的先后不可靠。",
        "Share of each theme among the sentences that carry a policy theme, ordered by {theme}; thin lines are {level} "
        "intervals, and where they overlap the order is not sure.",
    ),
    "shares.y": ("占有政策主题句子的比例", "share of sentences with a policy theme"),
    "differences": ("差在哪里", "Where they differ"),
    "differences.lead": (
        "同一主题在两地的占比之差，{level} 区间对所有两两比较同时成立，并计入行文的偶然；区间含 0 时写“分不出高下”。",
        "Difference in share of the same theme; the {level} intervals hold for all pairs of a theme at once and allow for "
        "chance in the writing. Where an interval holds 0 the report says “cannot tell”.",
    ),
    "differences.extremes": (
        "每个主题占比最高与最低的两个；全部两两比较见 differences.csv。",
        "The highest and the lowest for each theme; all pairs are in differences.csv.",
    ),
    "ranks": ("名次与名次的不确定", "Ranks, and how sure they are"),
    "ranks.lead": (
        "圆点是按占比排的名次，横线是不能排除的名次。",
        "The dot is the rank by share, the line the ranks that cannot be ruled out.",
    ),
    "subthemes": ("细到子主题", "Down to subthemes"),
    "subthemes.lead": (
        "各子主题占有政策主题句子的百分比；区间见下方的表和 subthemes.csv，模型误差未知时没有区间，只供浏览。",
        "Each subtheme in per cent of the sentences with a policy theme; intervals are in the table below and in "
        "subthemes.csv, where the model's error is known, else the shares are for looking only.",
    ),
    "similarity": ("谁与谁相近", "Who is near whom"),
    "similarity.lead": (
        "主题构成越相近，点越近；坐标轴本身没有含义。",
        "The more alike the mix of themes, the nearer the points; the axes themselves mean nothing.",
    ),
    "years": ("历年变化", "Over the years"),
    "years.lead": (
        "各年各主题的占比；色带为 {level} 区间。",
        "Share of each theme by year; bands are {level} intervals.",
    ),
    "terms": ("各自的特色词", "Distinctive terms"),
    "terms.lead": (
        "相对其他文件，哪些词在这里用得更多；按对数优势比的 z 值排列。",
        "Words used more here than elsewhere, ordered by the z score of their log-odds.",
    ),
    "terms.lead.open": (
        "相对其他文件，哪些词在这里用得更多；按对数优势比的 z 值排列。文件或小节太少，没有一个词能断定。",
        "Words used more here than elsewhere, ordered by the z score of their log-odds. With so few documents or "
        "sections none of them is sure.",
    ),
    "terms.lead.many": (
        "特色词最突出的 {n} 个{by}；全部见 terms.csv。按对数优势比的 z 值排列。",
        "The {n} {by}s whose words stand out most; all are in terms.csv. Ordered by the z score of their log-odds.",
    ),
    "terms.axis": ("z 值（越大越有特色）", "z score (larger is more distinctive)"),
    "terms.sure": ("实心：按整份文件或小节置换检验后仍显著", "filled: still significant under permutation"),
    "terms.unsure": ("空心：文件或小节太少，不能断定", "hollow: too few documents or sections to tell"),
    "targets": ("量化目标", "Targets with numbers"),
    "targets.lead": (
        "每百句该主题的句子中有多少目标与成绩（带数字，或争创之类）；逐条见 targets.csv。",
        "Targets and results per 100 sentences of the theme, with numbers or without, such as a rank to be won; "
        "targets.csv lists them.",
    ),
    "targets.note": ("深色：计划要做；浅色：已经完成", "dark: planned; pale: done"),
    "targets.counts": ("计划 {planned}，完成 {done}", "{planned} planned, {done} done"),
    "terms.verdict.sure": ("显著", "significant"),
    "terms.verdict.unsure": ("不能断定", "cannot tell"),
    "similarity.nearest": ("最相近", "Nearest"),
    "similarity.farthest": ("最不相近", "Farthest"),
    "similarity.distance": ("距离（0 到 1）", "Distance (0 to 1)"),
    "strips": ("主题出现在文中何处", "Where themes stand in the text"),
    "strips.lead": (
        "每份文件从首句到末句，一格一句；每个主题一行。",
        "Each document from first to last sentence, a mark a sentence, a lane a theme.",
    ),
    "strips.lead.many": (
        "每行一份文件，从首句到末句；颜色为主题，浅灰为无政策主题。",
        "A row a document, from first to last sentence; colour is the theme, pale grey carries none.",
    ),
    "strips.start": ("开头", "start"),
    "strips.end": ("结尾", "end"),
    "sentences": ("句子", "Sentences"),
    "method": ("方法", "Method"),
    "limits": ("局限", "Limits"),
    "appendix": ("编码手册", "Codebook"),
    "cite": ("如何引用", "How to cite"),
    "documents": ("文件", "Documents"),
    "footer": (
        "由 zhuti {version} 生成。中文字形取自 Noto Sans SC（SIL Open Font License 1.1）。",
        "Made by zhuti {version}. Chinese glyphs from Noto Sans SC (SIL Open Font License 1.1).",
    ),
    # columns
    "column.group": ("{by}", "{by}"),
    "column.theme": ("主题", "Theme"),
    "column.subtheme": ("子主题", "Subtheme"),
    "column.secondary": ("次主题", "Secondary theme"),
    "column.sentences": ("句数", "Sentences"),
    "column.share": ("占比", "Share"),
    "column.interval": ("{level} 区间", "{level} interval"),
    "column.pair": ("比较", "Pair"),
    "column.difference": ("差（百分点）", "Difference (points)"),
    "column.verdict": ("判断", "Verdict"),
    "column.rank": ("名次", "Rank"),
    "column.ranks": ("可能名次", "Possible ranks"),
    "column.term": ("词", "Term"),
    "column.count": ("次数", "Count"),
    "column.rate": ("每千词", "Per 1,000 words"),
    "column.rest": ("其他文件每千词", "Elsewhere per 1,000"),
    "column.z": ("z 值", "z"),
    "column.document": ("文件", "Document"),
    "column.district": ("地区", "District"),
    "column.year": ("年份", "Year"),
    "column.kind": ("种类", "Kind"),
    "column.probability": ("概率", "Probability"),
    "column.text": ("原文", "Text"),
    "column.value": ("数值", "Value"),
    "column.object": ("对象", "Object"),
    "column.targets": ("目标数", "Targets"),
    "column.in_shares": ("计入占比", "In the shares"),
    "column.without_theme": ("无政策主题", "Without a policy theme"),
    "column.definition": ("定义", "Definition"),
    "column.code": ("代码", "Code"),
    "column.color": ("颜色", "Colour"),
    # verdicts
    "verdict.larger": ("{a}更高", "{a} higher"),
    "verdict.smaller": ("{b}更高", "{b} higher"),
    "verdict.cannot tell": ("分不出高下", "cannot tell"),
    "points": ("{n} 个百分点", "{n} points"),
    "points.short": ("{n} 点", "{n} pts"),
    "share.thin": ("句子太少，区间很宽", "few sentences, wide interval"),
    "few": ("句子少", "few sentences"),
    # kinds of units
    "kind.title": ("标题", "title"),
    "kind.heading": ("小标题", "heading"),
    "kind.sentence": ("句子", "sentence"),
    "kind.byline": ("署名行", "by-line"),
    "kind.greeting": ("称呼", "greeting"),
    "kind.signature": ("落款", "signature"),
    "kind.table": ("表格", "table"),
    "kind.caption": ("图表题", "caption"),
    "kind.glossary": ("名词解释", "glossary"),
    "kind.footnote": ("脚注", "footnote"),
    # summary in the terminal
    "summary.head": (
        "各主题占有政策主题句子的比例（{level} 区间）",
        "Share of sentences with a policy theme ({level} interval)",
    ),
    "summary.seed": (
        "未给出文件，用 zhuti 自带的文章：张店区与淄川区两篇访谈。",
        "No PATH given: reporting on the article that comes with zhuti, two interviews from Zhangdian and Zichuan.",
    ),
    "summary.page": ("报告：{path}", "Report: {path}"),
    "summary.apart": (
        "另有 {n} 个单位不计入占比：{kinds}。",
        "Another {n} units are left out of the shares: {kinds}.",
    ),
    "summary.failed": ("未能读取 {path}：{error}", "Could not read {path}: {error}"),
    "summary.files_left_out": (
        "有 {n} 个文件未能读取，未纳入本报告；原因见 documents.csv。",
        "{n} of the files could not be read and are not in this report; documents.csv says why.",
    ),
    "summary.counted": (
        "区间按分类器在其未见文件上的误差计算，不涵盖写法不同的文件；随机抽样、人工核对后以 --audit 给出，区间才可靠。",
        "Intervals come from the classifier's error on documents it had not seen and do not cover texts written "
        "differently; label a chance sample and give it with --audit to make them hold.",
    ),
    "step.read": ("读入文件", "reading documents"),
    "step.classify": ("逐句分类", "classifying sentences"),
    "step.compare": ("比较", "comparing"),
    "step.draw": ("绘图", "drawing charts"),
    "step.write": ("写报告", "writing the report"),
    # kinds of counts
    "count.without_theme": ("无政策主题的句子", "sentences without a policy theme"),
    # findings
    "finding.share": ("{share}，{level} 区间 {interval}", "{share}, {level} interval {interval}"),
    "finding.none": ("{group}没有带政策主题的句子", "{group} has no sentence with a policy theme"),
    "finding.first": ("{group}着墨最多的是{theme}（{share}）。", "{group} writes most about {theme} ({share})."),
    "finding.first.tied": (
        "{group}着墨最多的是{theme}（{share}），但与{second}分不出先后。",
        "{group} writes most about {theme} ({share}), though it cannot be told apart from {second}.",
    ),
    "finding.order": (
        "其次是{second}（{share}），最少的是{last}（{least}）。",
        "Next comes {second} ({share}); {last} takes the least room ({least}).",
    ),
    "finding.order.tied": (
        "其次是{second}（{share}），占比最小的是{last}（{least}），但与{rivals}分不出先后。",
        "Next comes {second} ({share}); {last} has the smallest share ({least}), though it cannot be told apart from "
        "{rivals}.",
    ),
    "finding.most": ("{group}着墨最多的是{theme}（{share}）", "{group} writes most about {theme} ({share})"),
    "finding.most.tied": (
        "{group}着墨最多的是{theme}（{share}），与{second}分不出先后",
        "{group} writes most about {theme} ({share}), which cannot be told apart from {second}",
    ),
    "finding.gap": (
        "{a}比{b}更重{theme}，差 {gap} 个百分点（{interval}）",
        "{a} gives more room to {theme} than {b}, by {gap} points ({interval})",
    ),
    "finding.side": ("{a}比{b}更重{gaps}", "{a} gives more room than {b} to {gaps}"),
    "finding.by.first": ("{theme}（多 {gap} 个百分点，{interval}）", "{theme} (by {gap} points, {interval})"),
    "finding.by": ("{theme}（多 {gap}，{interval}）", "{theme} ({gap}, {interval})"),
    "finding.open": ("{themes}分不出高下", "for {themes} one cannot tell"),
    "finding.all_open": ("两地在{themes}上都分不出高下", "One cannot tell the two apart on {themes}"),
    "finding.all": (
        "全部 {n} 个{by}着墨最多的都是{theme}{unsure}。",
        "All {n} {by}s write most about {theme}{unsure}.",
    ),
    "finding.change": (
        "从 {year_a} 年到 {year_b} 年，{changes}{rest}。",
        "From {year_a} to {year_b}, {changes}{rest}.",
    ),
    "finding.change.up": ("{theme}增加 {gap} 个百分点（{interval}）", "{theme} gained {gap} points ({interval})"),
    "finding.change.down": ("{theme}减少 {gap} 个百分点（{interval}）", "{theme} lost {gap} points ({interval})"),
    "finding.change.rest": ("；其余主题看不出增减", "; for the other themes no change can be told"),
    "finding.change.open": (
        "从 {year_a} 年到 {year_b} 年，没有一个主题能断定增减；变动最大的是{theme}（{gap} 个百分点，{interval}）。",
        "From {year_a} to {year_b} no theme can be said to have gained or lost; {theme} moved most ({gap} points, "
        "{interval}).",
    ),
    "unknown": ("尚不知道的", "What is not known"),
    "unknown.attention": (
        "文本着墨多少，不等于花了多少钱、做成了多少事。",
        "How much is written says nothing of what is spent or achieved. ",
    ),
    "unknown.pairs": (
        "{pairs} 对比较中有 {open} 对分不出高下。",
        "Of {pairs} comparisons {open} cannot be told apart. ",
    ),
    "unknown.pairs.all": (
        "{pairs} 对比较都分不出高下。",
        "None of {pairs} comparisons can be told apart. ",
    ),
    "unknown.counted": (
        "这些文件没有人工核对的句子，写法与训练文本不同的{by}误差可能更大。",
        "No sentence of these documents was checked by hand: a {by} that writes differently may err by more. ",
    ),
    "unknown.documents": (
        "文件很少，差别可能出自文件本身而不是{by}。",
        "There are few documents, so a difference may lie in the document rather than the {by}. ",
    ),
    "finding.total": ("{n} 个{by}中，", "Of {n} {by}s, "),
    "finding.count": ("{n} 个着墨最多的是{theme}{names}", "{n} write most about {theme}{names}"),
    "finding.count.one": ("{n} 个着墨最多的是{theme}{names}", "{n} writes most about {theme}{names}"),
    "finding.count.tied": (
        "；其中 {n} 个的第一位与第二位分不出高下",
        "; for {n} of them the first cannot be told from the second",
    ),
    "finding.widest": (
        "差别最大的一处：{gap}；全部 {pairs} 对比较中 {sure} 对能分出高下。",
        "The widest gap: {gap}; of all {pairs} comparisons {sure} can be told apart.",
    ),
    "finding.widest.open": (
        "差别最大的一处也分不出高下：{gap}；全部 {pairs} 对比较中 {sure} 对能分出高下。",
        "Even the widest gap cannot be told from none: {gap}; of all {pairs} comparisons {sure} can be told apart.",
    ),
    "finding.widest.none": (
        "差别最大的一处也分不出高下：{gap}；全部 {pairs} 对比较都分不出高下。",
        "Even the widest gap cannot be told from none: {gap}; none of all {pairs} comparisons can be told apart.",
    ),
    "finding.unpaired": (
        "共 {n} 个，逐对之差不列出；先后见名次一节。",
        "With {n} of them single pairs are not listed; see their ranks.",
    ),
    # method
    "unit.sentence": ("句（止于。！？；）", "sentences (up to 。！？ or ；)"),
    "unit.clause": ("分句", "clauses"),
    "unit.paragraph": ("段落", "paragraphs"),
    "method.units": (
        "{documents} 份文件切分为 {units} 个单位，单位为{unit}。其中 {in_shares} 句有政策主题，计入占比；"
        "{without} 句没有政策主题、{other} 个标题等其他单位不计入。",
        "{documents} documents were split into {units} units, namely {unit}. {in_shares} sentences carry a policy "
        "theme and enter the shares; {without} sentences without one and {other} titles and other units do not. ",
    ),
    "method.codebook": (
        "每个单位按编码手册《{title}》（{id} {version}，摘要 {digest}）归入 {themes} 个主题之一及 {subthemes} 个子主题之一。",
        "Each unit was given one of {themes} themes and one of {subthemes} subthemes of the codebook “{title}” "
        "({id} {version}, digest {digest}).",
    ),
    "method.coded": ("主题由使用者给出。", "Themes were given by the user."),
    "method.classifier": (
        "主题由分类器 {name} 给出，它从 {n} 个已标注的句子学得。",
        "Themes were assigned by the classifier {name}, which learned from {n} labelled sentences.",
    ),
    "method.scores": (
        "在按文件分组的交叉验证中：{scores}。",
        " In cross-validation that never splits a document: {scores}.",
    ),
    "method.real": (
        "在 {n} 个从未见过的政府工作报告真实句子上，正确率 {accuracy}，宏平均 F1 {f1}。",
        " On {n} real sentences of government work reports that it never saw: accuracy {accuracy}, macro-F1 {f1}.",
    ),
    "method.larger": ("区间取两者中较大的误差。", " Intervals take the larger of the two errors."),
    "method.correction": (
        "与直接计数相比，占比最多修正 {gap} 个百分点。",
        " Against plain counting the labels move a share by up to {gap} points.",
    ),
    "method.homogeneity.same": (
        "置换检验没有发现分类器在各{by}的误差不同（p = {p}；Anderson 2001）；无论结果如何，区间不变。",
        " A permutation test finds no sign that the classifier errs differently from {by} to {by} (p = {p}; "
        "Anderson 2001); the intervals hold either way.",
    ),
    "method.homogeneity.differs": (
        "置换检验显示分类器在各{by}的误差不同：{themes}（Anderson 2001，见 homogeneity.csv）；标签已作校正，区间仍然成立。",
        " A permutation test shows that the classifier errs differently from {by} to {by}: {themes} (Anderson 2001, see "
        "homogeneity.csv); the labels correct this, and the intervals hold.",
    ),
    "method.homogeneity.one": ("{theme}（p = {p}）", "{theme} (p = {p})"),
    "method.homogeneity.all": ("全部主题合计", "all themes together"),
    "method.sober": (
        "这些文件与训练文件同属一类，真实文本上的表现会低一些。",
        " Those documents are of one kind with the training corpus, so expect less on other texts.",
    ),
    "limit.coder": (
        "训练所用的标注由语言模型完成，其一致性是两个人所能达到的上限。",
        "The labels it learned from were made by language models; their agreement is an upper bound of what two people "
        "would reach.",
    ),
    "score.accuracy": ("正确率 {value}", "accuracy {value}"),
    "score.macro_f1": ("宏平均 F1 {value}", "macro F1 {value}"),
    "score.kappa": ("Cohen κ {value}", "Cohen’s κ {value}"),
    "score.subtheme_accuracy": ("子主题正确率 {value}", "subtheme accuracy {value}"),
    "score.expected_calibration_error": ("校准误差 {value}", "calibration error {value}"),
    "method.counted": (
        "占比为归入该主题的句子数除以有政策主题的句子数；{level} 区间由分类器在其未见文件上的混淆与逐份文件的偏移求得。",
        "A share is the number of sentences given the theme over those with a policy theme; its {level} interval comes "
        "from the classifier’s confusion, and its drift from document to document, in documents it had not seen.",
    ),
    "method.audited": (
        "占比用差值估计量求得：预测概率的均值，加上 {labels} 句人工标签与预测概率之差的均值（Särndal 等 1992；"
        "Angelopoulos 等 2023）；{level} 区间含有限总体校正与平滑方差。",
        "Shares are difference estimates: the mean predicted probability plus the mean error of it among {labels} "
        "sentences labelled by hand (Särndal et al. 1992; Angelopoulos et al. 2023); {level} intervals use the "
        "finite-population factor and smoothed variances.",
    ),
    "method.differences": (
        "差与名次的区间按最大 t 分布求得，对同时作出的全部比较以 {level} 的概率一并成立（Hothorn 等 2008；Klein 等 2020）。"
        "占比的区间只说这些文本本身；差与名次还计入行文的偶然——同样的工作再写一遍，各主题的句数也会有出入"
        "（Cochran 1977，域均值比较），所以两地占比的区间不重叠，也可能分不出高下。",
        " Intervals of differences and ranks come from the distribution of the largest t and hold for all comparisons "
        "at once with probability {level} (Hothorn et al. 2008; Klein et al. 2020). Intervals of shares speak of these "
        "texts alone; differences and ranks also allow for chance in the writing, since the same work written up once "
        "more would give other counts (Cochran 1977, comparisons between domain means): two shares may be too close to "
        "call though their intervals lie apart.",
    ),
    "method.software": (
        "软件：{versions}。输入、编码手册与模型的摘要及全部选项见 run.json。",
        "Software: {versions}. Digests of inputs, codebook and model, and all options, are in run.json.",
    ),
    "limit.attention": (
        "占比说的是文本着墨多少，不是花了多少钱、做成了多少事：关注不等于支出。",
        "Shares tell how much is written about a theme, not what is spent or achieved: attention is not spending.",
    ),
    "limit.codebook": (
        "每句只有一个主题；换一本编码手册，数字会不同。",
        "Each sentence has one theme; another codebook gives other numbers.",
    ),
    "limit.counted": (
        "没有对这些文件的人工标签：区间只反映分类器在其他文件上的误差，不涵盖写法与之不同的地区。抽样核对（--audit）可补上这一点。",
        "No sentence of these documents was labelled by hand: the intervals reflect errors made on other documents and "
        "do not cover places that write differently. An audited sample (--audit) mends this.",
    ),
    "limit.thin": (
        "句子太少、区间很宽的有 {n} 个：{groups}。",
        "Too few sentences, hence wide intervals, in {n}: {groups}.",
    ),
    "limit.copies": (
        "有 {n} 句与其他文件几乎逐字相同（copies.csv）；剔除后各占比最多变动 {gap} 个百分点（without_copies.csv）。",
        "{n} sentences stand almost word for word in another document (copies.csv); without them no share moves by more "
        "than {gap} points (without_copies.csv).",
    ),
    "limit.documents": (
        "每个{by}只有一两份文件，差别可能出自文件本身（作者、场合、年份），未必出自{by}。",
        "There are only one or two documents for each {by}; a difference may lie in the document (author, occasion, "
        "year) rather than in the {by}.",
    ),
    "cite.text": (
        "zhuti {version}（中文政策文本主题分析软件）；编码手册 {codebook}。引用时请附 run.json。",
        "zhuti {version}, software for policy themes of Chinese texts; codebook {codebook}. Please attach run.json.",
    ),
    # sentences
    "explore.all": ("全部", "all"),
    "explore.search": ("搜索原文", "Search the text"),
    "explore.probability": ("概率", "Probability"),
    "explore.from": ("最低概率", "lowest probability"),
    "explore.to": ("最高概率", "highest probability"),
    "explore.sort": ("排序", "Sort"),
    "explore.sort.document": ("原文顺序", "as in the text"),
    "explore.sort.sure": ("概率从高到低", "surest first"),
    "explore.sort.unsure": ("概率从低到高", "least sure first"),
    "explore.sort.long": ("最长在前", "longest first"),
    "explore.reset": ("清除筛选", "Clear"),
    "explore.csv": ("下载 CSV", "Download CSV"),
    "explore.link": ("复制链接", "Copy link"),
    "explore.close": ("关闭", "Close"),
    "explore.copy": ("复制引文", "Copy with citation"),
    "explore.copied": ("已复制", "Copied"),
    "explore.count": ("{n} 句", "{n} sentences"),
    "explore.count.of": ("{n}／{total} 句", "{n} of {total} sentences"),
    "explore.none": ("没有符合条件的句子。", "No sentence fits."),
    "explore.human": ("人工", "by hand"),
    "explore.secondary": ("兼及", "also"),
    "explore.lead": (
        "点击上文任何数字、色条或词，这里就列出背后的句子；底色标出的是决定归类的词。",
        "Click any number, bar or word above and its sentences are listed here; tinted words decided the theme.",
    ),
    "explore.sampled": (
        "为保持流畅，此处是从 {total} 句中均匀抽取的 {n} 句；全部见 sentences.csv。",
        "To stay quick, these are {n} sentences drawn evenly from {total}; all are in sentences.csv.",
    ),
    "explore.print": ("全部句子见 sentences.csv。", "All sentences are in sentences.csv."),
    "explore.quote": (
        "“{text}”（{place}；主题：{theme}，概率 {p}；{source}）",
        "“{text}” ({place}; theme: {theme}, probability {p}; {source})",
    ),
    "explore.position": ("第 {n} 句", "sentence {n}"),
    # Word file and workbook
    "docx.figure": ("图 {n}　{title}", "Figure {n}. {title}"),
    "docx.rest": ("另有 {n} 行，见 {file}。", "{n} more rows are in {file}."),
    "docx.table": ("表 {n}　{title}", "Table {n}. {title}"),
    **EVALUATION,
    **WORDING,
    # a plan of labels in the terminal
    "plan.head": (
        "需编码 {labels} 句（共 {sentences} 句），各占比的 {level} 区间半宽预计不超过 {width} 个百分点",
        "Label {labels} of {sentences} sentences: every share should be known to {width} points ({level} interval)",
    ),
    "plan.claimed": ("按模型给出的概率估算。", "Reckoned by the probabilities that the model gives."),
    "plan.first": (
        "文件中各行次序随机：先编码前 {n} 行，再用 zhuti sample --audit 重新规划，即按实测误差估算。",
        "The rows stand in random order: label the first {n}, and zhuti sample --audit plans by the errors they show.",
    ),
    "plan.measured": ("按 {n} 句已有编码显示的误差估算。", "Reckoned by the errors that {n} labels show."),
    "plan.group": ("组", "Group"),
    "plan.sentences": ("句数", "Sentences"),
    "plan.sample": ("需编码", "To label"),
    "plan.width": ("半宽", "Half-width"),
    "plan.more": ("另有 {n} 组", "and {n} groups more"),
    "plan.gains": ("每多编码一些，精度提高多少：", "What more labels bring:"),
    "plan.labels": ("编码数", "Labels"),
    "plan.gain": ("提高", "Gain"),
    # agreement of coders in the terminal
    "agree.head": (
        "{coders} 位编码者，{units} 句由至少两人编码（{level} 区间）",
        "{coders} coders, {units} sentences coded by two or more ({level} intervals)",
    ),
    "agree.theme": ("主题", "Theme"),
    "agree.all": ("全部", "all"),
    "agree.alpha": ("α", "α"),
    "agree.kappa": ("κ", "κ"),
    "agree.percent": ("一致率", "agreement"),
    "agree.units": ("句数", "sentences"),
    "agree.confusion": ("编码者之间的混淆（行：{a}，列：{b}）", "Confusion between coders (rows {a}, columns {b})"),
    "agree.settle": ("待商定的句子：{n}", "Sentences to settle: {n}"),
    "agree.more": ("……另有 {n} 句，见 --out 写出的表", "… {n} more in the table of --out"),
}
