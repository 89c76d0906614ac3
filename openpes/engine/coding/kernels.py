"""The compiled loops: how near a title is to every title learnt, and what those say for every code."""


import numpy as np

from openpes.engine.compiled import compiled


@compiled
def weighed(ends, held, weights):  # type: ignore[no-untyped-def]
    """Titles as rising terms with values of length 1, from all their terms in turn: starts, terms, values."""
    starts = np.zeros(len(ends), np.int32)
    terms, values = np.empty(len(held), np.int32), np.empty(len(held), np.float32)
    at = 0
    for title in range(len(ends) - 1):
        part, begun, length = np.sort(held[ends[title] : ends[title + 1]]), at, 0.0
        place = 0
        while place < len(part):
            last = place
            while last < len(part) and part[last] == part[place]:
                last += 1
            value = (1.0 + np.log(last - place)) * weights[part[place]]
            terms[at], values[at] = part[place], value
            length += value * value
            at, place = at + 1, last
        for one in range(begun, at):
            values[one] /= np.sqrt(length)
        starts[title + 1] = at
    return starts, terms[:at].copy(), values[:at].copy()


@compiled
def raised(value, power):  # type: ignore[no-untyped-def]
    """A positive value to a power; the two that are used are found without a logarithm."""
    if power == 1.5:
        return value * np.sqrt(value)
    return (value * value) * (value * value) if power == 4.0 else value**power


@compiled
def nearness_of(postings, terms, values, near):  # type: ignore[no-untyped-def]
    """Fill `near` (one a row) with the product of one title and every row, by the postings of its terms."""
    near[:] = 0.0
    for at in range(len(terms)):
        for place in range(postings.starts[terms[at]], postings.starts[terms[at] + 1]):
            near[postings.rows[place]] += values[at] * postings.values[place]


@compiled
def all_nearness(postings, rows, power):  # type: ignore[no-untyped-def]
    """The nearness of every row to every row (r, r), raised to the power."""
    count = len(rows.starts) - 1
    found = np.zeros((count, count), np.float32)
    near = np.zeros(count, np.float64)
    for row in range(count):
        begin, end = rows.starts[row], rows.starts[row + 1]
        nearness_of(postings, rows.terms[begin:end], rows.values[begin:end], near)
        for other in range(count):
            if near[other] > 0.0:
                found[row, other] = raised(near[other], power)
    return found


@compiled
def said_of(near, power, said, scores):  # type: ignore[no-untyped-def]
    """Fill `scores` (one a code) with what all rows say, each as loudly as it is near."""
    scores[:] = 0.0
    together = np.zeros(said.wide.shape[0], np.float32)
    for row in range(len(near)):
        if near[row] > 0.0:
            loud = np.float32(raised(near[row], power))
            for one in range(len(together)):
                together[one] += loud * said.rows[row, one]
            for place in range(said.starts[row], said.starts[row + 1]):
                scores[said.codes[place]] += loud * said.values[place]
    for one in range(len(together)):
        for code in range(len(scores)):
            scores[code] += together[one] * said.wide[one, code]


@compiled
def _nearest_of(near, power, lesson, told):  # type: ignore[no-untyped-def]
    """Fill `told` (3, c): the nearest title of each code, its nearest official name, and its share of near titles."""
    told[:, :] = 0.0
    total = 0.0
    for row in range(len(near)):
        if near[row] <= 0.0:
            continue
        code, side = lesson.codes[row], 0 if row < lesson.advertised else 1
        told[side, code] = max(told[side, code], near[row])
        if side == 0:
            voice = raised(near[row], power)
            told[2, code] += voice
            total += voice
    if total > 0.0:
        told[2] /= total


@compiled
def _best_in(scores, best):  # type: ignore[no-untyped-def]
    """Fill `best` with the places of the highest scores, the earlier first at a tie."""
    found = 0
    for code in range(len(scores)):
        if found == len(best) and scores[code] <= scores[best[found - 1]]:
            continue
        place = min(found, len(best) - 1)
        while place > 0 and scores[code] > scores[best[place - 1]]:
            best[place] = best[place - 1]
            place -= 1
        best[place] = code
        found = min(found + 1, len(best))


@compiled
def judged(known, titles, powers, faint, best, marks):  # type: ignore[no-untyped-def]
    """Fill `best` (n, k) with the codes of the highest scores, and `marks` (n, k + 1, m) with all that speaks for each.

    The first nine marks: the score, its logarithm, the nearest title, the nearest official name, the share of near
    titles, the logarithms of the scores of the three wider classes together, and that of how usual the code is.
    """
    lesson = known.learnt
    codes = len(lesson.usual)
    near, scores = np.zeros(len(lesson.codes), np.float32), np.zeros(codes, np.float32)
    told, wider = np.zeros((3, codes), np.float32), np.zeros((3, codes), np.float32)
    for title in range(len(titles.starts) - 1):
        begin, end = titles.starts[title], titles.starts[title + 1]
        nearness_of(known.postings, titles.terms[begin:end], titles.values[begin:end], near)
        said_of(near, powers[0], known.said, scores)
        _nearest_of(near, powers[1], lesson, told)
        wider[:, :] = 0.0
        for level in range(3):
            for code in range(codes):
                if scores[code] > 0.0:
                    wider[level, lesson.wider[level, code]] += scores[code]
        _best_in(scores, best[title])
        for place in range(best.shape[1]):
            code = best[title, place]
            mark = marks[title, place]
            mark[0], mark[1] = scores[code], np.log(max(scores[code], 0.0) + faint)
            mark[2], mark[3], mark[4] = told[0, code], told[1, code], told[2, code]
            for level in range(3):
                mark[5 + level] = np.log(wider[level, lesson.wider[level, code]] + faint)
            mark[8] = np.log(lesson.usual[code] + 0.0001)


@compiled
def shares_of(known, terms, values, power, code):  # type: ignore[no-untyped-def]
    """What each term of one title adds to the score of a code: a row's voice is parted as its nearness is made up."""
    postings, said = known.postings, known.said
    near = np.zeros(len(said.starts) - 1, np.float64)
    nearness_of(postings, terms, values, near)
    voices = np.zeros(len(near), np.float64)
    for row in range(len(near)):
        if near[row] > 0.0:
            voice = 0.0
            for one in range(said.wide.shape[0]):
                voice += said.rows[row, one] * said.wide[one, code]
            for place in range(said.starts[row], said.starts[row + 1]):
                if said.codes[place] == code:
                    voice += said.values[place]
            voices[row] = near[row] ** (power - 1.0) * voice
    shares = np.zeros(len(terms), np.float64)
    for at in range(len(terms)):
        for place in range(postings.starts[terms[at]], postings.starts[terms[at] + 1]):
            shares[at] += values[at] * postings.values[place] * voices[postings.rows[place]]
    return shares
