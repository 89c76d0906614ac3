"""Many words compiled into one automaton that finds all of them in a text, overlapping ones included."""

from collections.abc import Iterable

_SHIFT = 21  # a character takes 21 bits, the state stands above them


class Automaton:
    """A trie as one flat table of transitions, (state, character) to state; built once, never changed."""

    __slots__ = ("_ends", "_steps")

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        """Words with the number under which each is found."""
        self._steps: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        states = 1
        for word, number in words:
            state = 0
            for letter in word:
                key = state | ord(letter)
                following = self._steps.get(key)
                if following is None:
                    following = self._steps[key] = states << _SHIFT
                    states += 1
                state = following
            if state:
                self._ends[state] = number

    def __len__(self) -> int:
        return len(self._ends)

    def words_in(self, text: str) -> list[tuple[int, int, int]]:
        """Every word of a text: where it begins, where it ends, its number; from the left, the shortest first."""
        step, ends = self._steps.get, self._ends.get
        letters = [ord(letter) for letter in text]
        size, found = len(letters), []
        for start in range(size):
            state = step(letters[start])
            at = start + 1
            while state is not None:
                number = ends(state)
                if number is not None:
                    found.append((start, at, number))
                if at == size:
                    break
                state = step(state | letters[at])
                at += 1
        return found
