"""Which groups must be withheld, so that no small group is shown or follows by subtraction."""

from collections.abc import Mapping


def withheld(sizes: Mapping[str, int], minimum: int) -> frozenset[str]:
    """The groups that may be shown only together, if at all.

    Groups under the minimum are withheld. Since the whole is shown too, what is withheld follows by
    subtraction as one sum: so the next smallest groups are withheld with them until that sum is of at
    least two groups and of at least the minimum.

    Examples
    --------
    >>> sorted(withheld({"police": 9, "industry": 2, "customs": 6}, 5))
    ['customs', 'industry']
    >>> sorted(withheld({"police": 9, "industry": 2, "research": 4}, 5))
    ['industry', 'research']
    >>> withheld({"police": 9, "customs": 5}, 5)
    frozenset()
    """
    hidden = {group for group, size in sizes.items() if size < minimum}
    if not hidden:
        return frozenset()
    others = sorted((size, group) for group, size in sizes.items() if group not in hidden)
    for _, group in others:
        if len(hidden) > 1 and sum(sizes[one] for one in hidden) >= minimum:
            break
        hidden.add(group)
    return frozenset(hidden)
