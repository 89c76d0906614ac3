"""What happens to files that may be of one person."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class ToldApart(Event):
    """An officer said that two files are of two persons, or that a newcomer is another one than a known person."""

    person: int
    area: str
    other: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class DuplicatesSought(Event):
    """All files of the city were compared; `pairs` of them are likely of one person."""

    area: str
    persons: int
    pairs: int


@dataclass(frozen=True, kw_only=True)
class FilesCompared(Event):
    """An officer put two files side by side that may be of one person."""

    person: int
    area: str
    other: int


@dataclass(frozen=True, kw_only=True)
class MergeProposed(Event):
    """An officer proposed to merge a file into that of the person."""

    person: int
    area: str
    merge: int
    other: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class MergeDeclined(Event):
    """A proposal to merge two files, or to undo a merge, was declined or taken back."""

    person: int
    area: str
    merge: int
    other: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class PersonsMerged(Event):
    """A file was merged into that of the person, on the word of two officers."""

    person: int
    area: str
    merge: int
    other: int
    rows: int
    asked_by: int


@dataclass(frozen=True, kw_only=True)
class PersonMergedAway(Event):
    """The file of the person was merged into another one, to which its number leads."""

    person: int
    area: str
    merge: int
    other: int


@dataclass(frozen=True, kw_only=True)
class UnmergeProposed(Event):
    """An officer proposed to undo the merge of a file into that of the person."""

    person: int
    area: str
    merge: int
    other: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class PersonsUnmerged(Event):
    """The merge of a file into that of the person was undone, on the word of two officers."""

    person: int
    area: str
    merge: int
    other: int
    rows: int
    asked_by: int


@dataclass(frozen=True, kw_only=True)
class PersonRestored(Event):
    """The file of the person, merged into another one before, is a file of its own again."""

    person: int
    area: str
    merge: int
    other: int
