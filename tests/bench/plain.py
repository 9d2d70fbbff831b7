"""The plain path, as a peer: jieba's own tokenizer with its own dictionary, and scikit-learn's TF-IDF.

python plain.py terms VOCABULARY FILE     the five terms of the first record that weigh most
python plain.py cut FILE                  every record's title and description, segmented, and nothing else
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jieba


def texts(path: str) -> list[str]:
    lines = Path(path).read_text("utf-8").splitlines()
    return ["\n".join((record.get("title", ""), record.get("description", ""))) for record in map(json.loads, lines)]


def terms(vocabulary: str, path: str) -> None:
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    idf: dict[str, float] = json.loads(Path(vocabulary).read_text("utf-8"))
    vectorizer = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None, lowercase=False, vocabulary=[*idf])
    vectorizer.idf_ = np.array([*idf.values()])
    row = vectorizer.transform(texts(path)[:1])
    names = [*idf]
    for at in row.indices[np.argsort(-row.data)][:5]:
        print(names[at])


def cut(path: str) -> None:
    print(sum(len(jieba.lcut(text)) for text in texts(path)))


if __name__ == "__main__":
    jieba.setLogLevel(60)
    {"terms": terms, "cut": cut}[sys.argv[1]](*sys.argv[2:])
