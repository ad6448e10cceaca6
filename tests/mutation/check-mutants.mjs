// Stryker's words. What does not load is no mutant: no test could say anything of it.
const noticed = new Set(['Killed', 'Timeout'])
const survived = new Set(['Survived', 'NoCoverage'])

const keyOf = ({ file, line, from, to }) => JSON.stringify([file, line, from, to])

/**
 * Holds the mutants of one room against the list of known survivors and the room's threshold.
 *
 * @returns Counts per file and for the room, and what is wrong: a survivor that is not listed, a listed
 * one that a test kills by now or whose line is gone, a file without mutants, a score below the threshold.
 */
export function judge(name, room, mutants, listed) {
  const alive = mutants.filter(({ status }) => survived.has(status))
  // A line may hold the same survivor twice: then it is explained twice.
  const { matched, unlisted, stale } = match(
    alive,
    listed.filter(({ file }) => room.mutate.includes(file)),
  )
  const total = count(name, mutants, matched)
  const files = room.mutate.map((file) =>
    count(
      file,
      mutants.filter((mutant) => mutant.file === file),
      matched,
    ),
  )
  return {
    files,
    total,
    problems: [
      ...unlisted.map((mutant) => `Nobody noticed: ${tell(mutant)}`),
      ...stale.map((entry) => `Listed, yet noticed or gone: ${tell(entry)}`),
      ...files.filter((row) => row.mutants === 0).map((row) => `Nothing to break in ${row.name}`),
      ...(total.score >= room.break
        ? []
        : [`Score of ${name} is ${total.score.toFixed(1)} %, at least ${room.break} % is asked`]),
    ],
  }
}

/** Pairs survivors with explanations, one to one. */
function match(alive, listed) {
  const stale = [...listed]
  const matched = new Set()
  for (const mutant of alive) {
    const at = stale.findIndex((entry) => keyOf(entry) === keyOf(mutant))
    if (at < 0) continue
    stale.splice(at, 1)
    matched.add(mutant)
  }
  return { matched, stale, unlisted: alive.filter((mutant) => !matched.has(mutant)) }
}

function count(name, mutants, matched) {
  const of = (isCounted) => mutants.filter(isCounted).length
  const killed = of(({ status }) => noticed.has(status))
  const alive = of(({ status }) => survived.has(status))
  const explained = of((mutant) => matched.has(mutant))
  return {
    name,
    mutants: killed + alive,
    killed,
    timedOut: of(({ status }) => status === 'Timeout'),
    explained,
    unexplained: alive - explained,
    score: (100 * killed) / (killed + alive),
  }
}

const tell = ({ file, line, from, to }) => `${file}\n  ${line}\n  - ${from}\n  + ${to}`
