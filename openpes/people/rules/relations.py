"""What the members of a household are to a new head, as far as that follows from what they were to the old one."""

from openpes.people.choices import Relation, Sex

CHILD = "child"  # a son or a daughter, by the sex of the member

# For a new head who was this to the old one: what the others become. The old head stands under HEAD; whoever is not
# named becomes an other relation, which an officer words anew when it is known.
TO_NEW_HEAD: dict[str, dict[str, str]] = {
    Relation.SPOUSE: {
        Relation.HEAD: Relation.SPOUSE,
        Relation.SON: Relation.SON,
        Relation.DAUGHTER: Relation.DAUGHTER,
        Relation.GRANDCHILD: Relation.GRANDCHILD,
    },
    Relation.SON: {
        Relation.HEAD: Relation.PARENT,
        Relation.SPOUSE: Relation.PARENT,
        Relation.SON: Relation.SIBLING,
        Relation.DAUGHTER: Relation.SIBLING,
        Relation.PARENT: Relation.GRANDPARENT,
    },
    Relation.PARENT: {
        Relation.HEAD: CHILD,
        Relation.SIBLING: CHILD,
        Relation.SON: Relation.GRANDCHILD,
        Relation.DAUGHTER: Relation.GRANDCHILD,
        Relation.PARENT: Relation.SPOUSE,
    },
    Relation.SIBLING: {
        Relation.HEAD: Relation.SIBLING,
        Relation.SIBLING: Relation.SIBLING,
        Relation.PARENT: Relation.PARENT,
        Relation.GRANDPARENT: Relation.GRANDPARENT,
    },
    Relation.GRANDCHILD: {Relation.HEAD: Relation.GRANDPARENT, Relation.SPOUSE: Relation.GRANDPARENT},
    Relation.GRANDPARENT: {
        Relation.HEAD: Relation.GRANDCHILD,
        Relation.SIBLING: Relation.GRANDCHILD,
        Relation.GRANDPARENT: Relation.SPOUSE,
    },
}
TO_NEW_HEAD[Relation.DAUGHTER] = TO_NEW_HEAD[Relation.SON]


def relation_after(*, was: str, new_head_was: str, sex: str) -> str:
    """What a member is to the new head; both relations are to the old one, `sex` is the member's (GB/T 2261.1)."""
    found = TO_NEW_HEAD.get(new_head_was, {}).get(was, Relation.OTHER)
    if found == CHILD:
        return Relation.DAUGHTER if sex == Sex.FEMALE else Relation.SON
    return found
