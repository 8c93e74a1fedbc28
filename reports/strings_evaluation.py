"""The texts of an evaluation of classifiers: key, Chinese, English."""

EVALUATION: dict[str, tuple[str, str]] = {
    "evaluation.title": ("分类器评估", "Evaluation of classifiers"),
    "evaluation.kicker": ("zhuti 主题 · 分类器评估", "zhuti 主题 · evaluation of classifiers"),
    "evaluation.head": (
        "{sentences} 句，{documents} 组（{groups}），{folds} 折交叉验证；方括号内为 {level} 区间",
        "{sentences} sentences in {documents} groups ({groups}), {folds} folds; in brackets: {level} intervals",
    ),
    "evaluation.head.model": (
        "{sentences} 句，{documents} 组（{groups}），对现成的模型；方括号内为 {level} 区间",
        "{sentences} sentences in {documents} groups ({groups}), a model as it is; in brackets: {level} intervals",
    ),
    "evaluation.finding": (
        "{best} 的宏平均 F1 为 {value}{interval}。",
        "{best} reaches a macro-F1 of {value}{interval}.",
    ),
    "evaluation.finding.best": (
        "宏平均 F1 最高的是 {best}：{value}{interval}。",
        "{best} has the highest macro-F1: {value}{interval}.",
    ),
    "evaluation.finding.worse": ("明显不如它：{names}。", "Worse than it for certain: {names}."),
    "evaluation.finding.unsure": ("与它分不出高下：{names}。", "Cannot be told from it: {names}."),
    "evaluation.interval": ("（{level} 区间 {low}–{high}）", " ({level} interval {low}–{high})"),
    # sections
    "evaluation.scores": ("哪个分类器好", "Which classifier is better"),
    "evaluation.scores.lead": (
        "圆点为宏平均 F1（各主题 F1 的平均，少见主题同样算数），横线为 {level} 区间（按{groups}整组重抽）。",
        "Dots are macro-F1, the mean over themes, so that rare ones count alike; lines are {level} intervals, "
        "whole groups ({groups}) drawn anew.",
    ),
    "evaluation.comparisons": ("比最好的差多少", "How far below the best"),
    "evaluation.comparisons.lead": (
        "宏平均 F1 之差与 {level} 区间。实心为确实较差，空心为分不出高下：按整组交换答案的置换检验，"
        "对所有两两比较作 Holm 校正。",
        "Difference in macro-F1 with its {level} interval. Filled: worse for certain; hollow: cannot tell, by "
        "exchanging answers on whole groups, with Holm's correction for all pairs.",
    ),
    "evaluation.per_theme": ("各主题", "Theme by theme"),
    "evaluation.per_theme.lead": (
        "{best}：圆点为 F1，横线为 {level} 区间；竖线为查准率，菱形为查全率。",
        "{best}: dots are F1, lines its {level} interval; bars are precision, diamonds recall.",
    ),
    "evaluation.confusion": ("错在哪里", "What is taken for what"),
    "evaluation.confusion.lead": (
        "{best}：行为人工标签，列为分类器的判断；数字为句数，底色按行计。",
        "{best}: rows are labels, columns what the classifier said; numbers are sentences, shades parts of the row.",
    ),
    "evaluation.calibration": ("概率可信吗", "Can its probabilities be trusted?"),
    "evaluation.calibration.lead": (
        "落在对角线上：说八成，就有八成对。点的大小为句数，竖线为 {level} 区间；ECE 为期望校准误差。",
        "On the diagonal it is right as often as it says. Dots grow with sentences, lines are {level} intervals; "
        "ECE is the expected calibration error.",
    ),
    "evaluation.learning_curve": ("再标多少有用", "Is more labelling worth it?"),
    "evaluation.learning_curve.lead": (
        "用来学习的{groups}越多，宏平均 F1 如何变化（横轴每格翻倍）；色带为最好的分类器的 {level} 区间。",
        "Macro-F1 by the number of groups ({groups}) learned from, doubling from tick to tick; the band is the "
        "{level} interval of the best.",
    ),
    "evaluation.learning_curve.axis": ("用来学习的组数", "groups learned from"),
    "evaluation.costs": ("时间与内存", "Time and memory"),
    "evaluation.costs.lead": (
        "每个分类器在单独的进程里用全部 {n} 句训练一次（含校准概率的各折），再对这些句子编码；"
        "内存为训练与编码期间进程最高占用比之前多出的部分。只有这些数字各次运行不同。",
        "Each classifier was trained once on all {n} sentences in a process of its own, calibration included, and "
        "coded them; memory is how far the process grew beyond what it held before. These numbers alone differ from "
        "run to run.",
    ),
    "evaluation.errors": ("最有把握的错", "Errors it was surest of"),
    "evaluation.errors.lead": (
        "{best} 概率最高的 {n} 个错误，及把它带偏的词；其他分类器的见 errors.csv。",
        "The {n} errors of {best} with the highest probability, and the words that led it astray; those of others "
        "are in errors.csv.",
    ),
    "evaluation.errors.none": ("没有判错的句子。", "No sentence was wrong."),
    "evaluation.notes": ("请注意", "Please note"),
    "evaluation.method": ("怎样评估", "How it was measured"),
    "evaluation.more": ("另有 {n} 行，见 {file}", "{n} more rows in {file}"),
    # what bounds the numbers
    "evaluation.note.alone": (
        "{value} 行各自成一组（没有 {subject} 列，或其值各不相同）：各折按主题分层，区间以句为单位。"
        "同一文件的句子可能分在两边，分数可能偏高；有 {subject} 列的标注更可信。",
        "Each of the {value} rows is a group of its own (no column {subject}, or different values in all rows): folds "
        "spread the themes evenly, intervals draw sentences. Sentences of one document may stand on both sides, so "
        "scores may be too high; labels with a column {subject} are to be trusted more.",
    ),
    "evaluation.note.few_groups": (
        "{subject} 只有 {value} 组：不到 5 组不给区间，不到 6 组不作检验。",
        "There are only {value} groups by {subject}: below 5 there are no intervals, below 6 no tests.",
    ),
    "evaluation.note.cut": (
        "按 {subject} 分组把 {value} 份文件拆开了：相邻句子可能在学习的一边，分数可能偏高。",
        "Grouping by {subject} cuts {value} documents: neighbours of a sentence may have been learned from, so scores "
        "may be too high.",
    ),
    "evaluation.note.rare": (
        "主题“{subject}”的 {value} 句全在一折里：检验它们时分类器从没学过这个主题，必然判错；需要更多文件中的例句。",
        "All {value} sentences of the theme {subject} lie in one fold: when they are tested it was never learned, so "
        "they must be wrong; it takes examples from more documents.",
    ),
    "evaluation.note.left_out": (
        "{subject} 未能评估：句子太少，学不了（{value}）。",
        "{subject} was left out: it cannot learn from so few sentences ({value}).",
    ),
    "evaluation.note.no_curve": ("{subject} 没有学习曲线（{value}）。", "{subject} has no learning curve ({value})."),
    "evaluation.note.no_costs": (
        "{subject} 的时间与内存没有测到：单独的进程未能完成。",
        "Time and memory of {subject} are missing: its process did not end well.",
    ),
    "evaluation.note.as_it_is": (
        "模型 {subject} 按现状检验（由 {value} 句训练）；若其中有这些句子，分数毫无意义。",
        "The model {subject} was tested as it is (trained on {value} sentences); if these are among them, the scores "
        "mean nothing.",
    ),
    # how it was measured
    "evaluation.method.folds": (
        "交叉验证：{folds} 折，同一{groups}的句子从不分在两边；词表、权重、概率的校准都只从其余各折学得。",
        "Cross-validation with {folds} folds that never split a {groups}; vocabulary, weights and the scaling of "
        "probabilities are learned from the other folds alone.",
    ),
    "evaluation.method.model": (
        "现成的模型对这些句子编码，没有重新训练。",
        "The model as it is coded the sentences; nothing was trained.",
    ),
    "evaluation.method.intervals": (
        "区间：把整组（{groups}）有放回地重抽 1000 次（Davison 与 Hinkley 1997）。",
        "Intervals: whole groups ({groups}) drawn with replacement 1,000 times (Davison and Hinkley 1997).",
    ),
    "evaluation.method.test": (
        "比较：在整组上交换两个分类器的答案（Fisher 1935；Yeh 2000），区间为该检验不能排除的差；"
        "训练语料的偶然性按实测放宽一成。最好的是从同一数据选出的，故对全部两两比较作 Holm（1979）校正。",
        "Comparison: the two classifiers' answers are exchanged on whole groups (Fisher 1935; Yeh 2000); the interval "
        "holds what the test does not rule out, widened by a tenth, as measured, for the chance of training. The same "
        "data chose the best, so Holm's (1979) correction is for all pairs.",
    ),
    "evaluation.method.calibration": (
        "期望校准误差：概率分十个等宽区间，正确率与概率之差按句数加权平均（Naeini 等 2015）；只宜在同一批句子上比较。",
        "Expected calibration error: mean gap between accuracy and probability over ten bins of equal width, weighted "
        "by sentences (Naeini et al. 2015); to be compared on the same sentences only.",
    ),
    "evaluation.method.terms": (
        "带偏的词：语境分类器的判断可逐词拆开；词典列出命中的词；其他分类器看去掉哪个词后错误主题相对正确主题退得最多。",
        "Words that led astray: decisions of the context classifier are taken apart word by word; of the dictionary "
        "the terms found; of others the words without which the wrong theme loses most against the right one.",
    ),
    # words of charts and tables
    "evaluation.confidence": ("分类器的概率", "what the classifier says"),
    "evaluation.accuracy": ("实际正确率", "how often it is right"),
    "evaluation.truth": ("人工标签", "label"),
    "evaluation.predicted": ("判为", "said"),
    "evaluation.worse": ("较差", "worse"),
    "evaluation.unsure": ("分不出高下", "cannot tell"),
    "evaluation.fact.best": ("最好的宏平均 F1", "highest macro-F1"),
    "evaluation.fact.groups": ("组（{groups}）", "groups ({groups})"),
    "evaluation.fact.sentences": ("个句子", "sentences"),
    "evaluation.fact.classifiers": ("个分类器", "classifiers"),
    "evaluation.column.classifier": ("分类器", "classifier"),
    "evaluation.column.macro_f1": ("宏平均 F1", "macro-F1"),
    "evaluation.column.accuracy": ("正确率", "accuracy"),
    "evaluation.column.kappa": ("κ", "κ"),
    "evaluation.column.subtheme_accuracy": ("子主题正确率", "subtheme accuracy"),
    "evaluation.column.calibration_error": ("校准误差", "calibration error"),
    "evaluation.column.difference": ("差", "difference"),
    "evaluation.column.p_value": ("p", "p"),
    "evaluation.column.p_holm": ("p（Holm）", "p (Holm)"),
    "evaluation.column.verdict": ("结论", "verdict"),
    "evaluation.column.theme": ("主题", "theme"),
    "evaluation.column.precision": ("查准率", "precision"),
    "evaluation.column.recall": ("查全率", "recall"),
    "evaluation.column.f1": ("F1", "F1"),
    "evaluation.column.n": ("句数", "sentences"),
    "evaluation.column.documents": ("学习的组数", "groups learned from"),
    "evaluation.column.sentences": ("学习的句数", "sentences learned from"),
    "evaluation.column.train_seconds": ("训练（秒）", "training (s)"),
    "evaluation.column.train_cpu_seconds": ("其中 CPU（秒）", "of processor (s)"),
    "evaluation.column.sentences_per_second": ("每秒编码句数", "coded a second"),
    "evaluation.column.peak_megabytes": ("内存峰值（MiB）", "peak memory (MiB)"),
    "evaluation.column.text": ("句子", "sentence"),
    "evaluation.column.truth": ("人工标签", "label"),
    "evaluation.column.predicted": ("判为", "said"),
    "evaluation.column.probability": ("概率", "probability"),
    "evaluation.column.terms": ("带偏的词", "led astray by"),
    "evaluation.column.bin": ("概率区间", "bin"),
    "evaluation.column.confidence": ("平均概率", "mean probability"),
    "classifier.dictionary": ("词典 dictionary", "dictionary"),
    "classifier.bayes": ("朴素贝叶斯 bayes", "bayes"),
    "classifier.logistic": ("逻辑回归 logistic", "logistic"),
    "classifier.svm": ("支持向量机 svm", "svm"),
    "classifier.lsa": ("潜在语义 lsa", "lsa"),
    "classifier.context": ("语境 context", "context"),
    "classifier.embeddings": ("句向量 embeddings", "embeddings"),
}
