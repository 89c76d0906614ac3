"""What a word may have been meant as: pinyin, initials, the same sound, one wrong character."""

from collections import defaultdict
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from openpes.engine.understanding.kinds import Kind
from openpes.engine.understanding.lexicon import FILLER, PRODUCT, SIGN, THING, Word, is_chinese, lexicon

LONGEST_SOUND, LONGEST_INITIALS = 6, 4
SHORTEST_FOR_LETTERS = 6  # letters of pinyin below which one wrong letter fits too much
OFTEN = 3  # a word that is advertised at least so often may be guessed from its initials or from two characters
PINYIN, INITIALS, SAME_SOUND, ONE_CHARACTER = 80, 60, 75, 70

_LOOKALIKES = (
    "往住", "士土工", "未末", "己已", "天夫", "干千", "大太犬", "日目", "员贝", "力刀", "橱厨", "折拆", "申电",
    "今令", "帅师", "汔汽", "问间", "晴睛", "抱包", "饱包", "侍待", "休体", "治冶", "纺坊", "扳板", "祷铸",
    "悍焊",
)  # fmt: skip

Guess = tuple[int, int, tuple[int, ...]]  # number of the word, certainty, other words that it may be


class Corrections:
    """Ways back from what was typed to a word of the lexicon, each compiled into one table."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self._words = words
        self._letters: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[int]] = defaultdict(list)
        self._sounds: dict[str, list[int]] = defaultdict(list)
        self._masks: dict[str, list[int]] = defaultdict(list)
        self._shorter: dict[str, list[int]] = defaultdict(list)
        self._pairs: set[str] = set()  # neighbouring characters of words: where none stands, no word is near
        self._numbers = {word.text: number for number, word in enumerate(words)}
        for number, word in enumerate(words):
            if self._is_guessed(word):
                self._learn(number, word)

    def _is_guessed(self, word: Word) -> bool:
        if word.kind in (FILLER, SIGN, THING, PRODUCT, Kind.IGNORED) or not is_chinese(word.text):
            return False
        return 1 < len(word.text) <= LONGEST_SOUND and not (word.kind == Kind.PLACE and word.weight == 0)

    def _learn(self, number: int, word: Word) -> None:
        text = word.text
        read, single = lazy_pinyin(text), [sound_of(letter) for letter in text]
        for sounds in {"".join(read), "".join(single)}:
            self._letters[sounds].append(number)
        # Two letters begin too many words; only kinds of work are asked for in so few.
        if len(text) <= LONGEST_INITIALS and word.weight >= OFTEN and (len(text) > 2 or word.kind == Kind.OCCUPATION):
            self._initials["".join(sound[0] for sound in read)].append(number)
        for sounds in {" ".join(read), " ".join(single)}:
            self._sounds[sounds].append(number)
        self._pairs.update(text[at : at + 2] for at in range(len(text) - 1))
        if len(text) > 2:
            for at in range(len(text)):
                self._masks[f"{text[:at]}?{text[at + 1 :]}"].append(number)
        if len(text) > 3:
            for at in range(1, len(text) - 1):
                self._shorter[text[:at] + text[at + 1 :]].append(number)
        if word.weight >= OFTEN:
            self._learn_letters(number, "".join(read))

    def _learn_letters(self, number: int, letters: str) -> None:
        if len(letters) >= SHORTEST_FOR_LETTERS:
            for at in range(len(letters)):
                self._masks[f"{letters[:at]}?{letters[at + 1 :]}"].append(number)
                self._shorter[letters[:at] + letters[at + 1 :]].append(number)

    def of_letters(self, typed: str) -> Guess | None:
        """The word behind Latin letters: whole pinyin, initials, or pinyin with one wrong letter."""
        typed = typed.replace(" ", "").replace("'", "")
        if len(typed) > 1 and typed in self._letters:
            return self._best(self._letters[typed], PINYIN)
        if 1 < len(typed) <= LONGEST_INITIALS and typed in self._initials:
            return self._best(self._initials[typed], INITIALS)
        return self._near(typed) if len(typed) >= SHORTEST_FOR_LETTERS else None

    def of_characters(self, typed: str) -> Guess | None:
        """The word behind Chinese characters of which one is wrong, too many, missing or in the wrong place."""
        sounded = self._sounds.get(" ".join(map(sound_of, typed)))
        if sounded and (len(typed) > 2 or any(self._words[number].weight >= OFTEN for number in sounded)):
            return self._best(sounded, SAME_SOUND)
        size = len(typed)
        if size < 3 or (size > 3 and not any(typed[at : at + 2] in self._pairs for at in range(size - 1))):
            return None
        return self._near(typed)

    def _near(self, typed: str) -> Guess | None:
        """Words with one character changed, one too many, two swapped, or one missing inside."""
        near: list[int] = list(self._shorter.get(typed, ()))
        last = len(typed) - 1
        for at in range(last + 1):
            masked = self._masks.get(f"{typed[:at]}?{typed[at + 1 :]}", ())
            near += [number for number in masked if self._may_change(typed, at, self._words[number].text)]
            if at < last:
                near += self._whole(typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :])
            if last > 2 and (0 < at < last or typed[at] == typed[at - 1]):
                near += self._whole(typed[:at] + typed[at + 1 :])
        return self._unambiguous(near) if near else None

    def _whole(self, text: str) -> list[int]:
        number = self._numbers.get(text)
        return [number] if number is not None and self._is_guessed(self._words[number]) else []

    def _may_change(self, typed: str, at: int, text: str) -> bool:
        """Inside four characters and more any may be wrong; in shorter words and at the end one that is alike."""
        if typed[at].isascii() or (len(typed) > 3 and at < len(typed) - 1):
            return True
        return _alike(typed[at], text[at])

    def _unambiguous(self, numbers: list[int]) -> Guess | None:
        """One meaning only: all that are so near mean the same, or one is advertised far more often."""
        ranked = sorted(set(numbers), key=lambda number: (-self._words[number].weight, number))
        first = self._words[ranked[0]]
        rivals = [self._words[n] for n in ranked[1:] if self._words[n].codes[:1] != first.codes[:1]]
        if rivals and max(rival.weight for rival in rivals) * 2 > first.weight:
            return None
        return ranked[0], ONE_CHARACTER, tuple(ranked[1:3])

    def _best(self, numbers: list[int], certainty: int) -> Guess:
        ranked = sorted(set(numbers), key=lambda number: (-self._words[number].weight, number))
        return ranked[0], certainty, tuple(ranked[1:4])


def _alike(one: str, other: str) -> bool:
    """Whether two characters sound alike to a southern ear (zh and z, n and l, in and ing), or look alike."""
    return _blurred(one) == _blurred(other) or any(one in pair and other in pair for pair in _LOOKALIKES)


@lru_cache(maxsize=30_000)
def _blurred(letter: str) -> str:
    sound = sound_of(letter)
    for sharp, blunt in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        sound = blunt + sound[2:] if sound.startswith(sharp) else sound
    sound = "n" + sound[1:] if sound[:1] == "l" else sound
    return sound[:-1] if sound.endswith("ng") else sound


@lru_cache(maxsize=30_000)
def sound_of(letter: str) -> str:
    """The pinyin of one character without its tone; the character itself where it has none."""
    return lazy_pinyin(letter, style=Style.NORMAL)[0]


@lru_cache(maxsize=1)
def corrections() -> Corrections:
    """The corrections towards the lexicon of the product."""
    return Corrections(lexicon())
