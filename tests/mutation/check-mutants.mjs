// Stryker's statuses. A mutant that does not load is not counted: no test could fail on it.
const killedStatuses = new Set(['Killed', 'Timeout'])
const survivedStatuses = new Set(['Survived', 'NoCoverage'])

const keyOf = ({ file, line, from, to }) => JSON.stringify([file, line, from, to])

/**
 * Compares the mutants of one target with the explained survivors and the target's threshold.
 *
 * @returns Counts per file and for the target, and the problems: a survivor without an explanation, an explained one
 * that a test kills by now or whose line is gone, a file without mutants, a score below the threshold.
 */
export function checkMutants(name, target, mutants, explained) {
  const survivors = mutants.filter(({ status }) => survivedStatuses.has(status))
  // A line may hold the same survivor twice: then it is explained twice.
  const { matched, unexplained, stale } = match(
    survivors,
    explained.filter(({ file }) => target.mutate.includes(file)),
  )
  const total = count(name, mutants, matched)
  const files = target.mutate.map((file) =>
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
      ...unexplained.map((mutant) => `Survived without an explanation: ${describe(mutant)}`),
      ...stale.map((entry) => `Explained, but killed or gone: ${describe(entry)}`),
      ...files.filter((row) => row.mutants === 0).map((row) => `No mutants in ${row.name}`),
      ...(total.score >= target.break
        ? []
        : [`Score of ${name} is ${total.score.toFixed(1)} %, the threshold is ${target.break} %`]),
    ],
  }
}

/** Pairs survivors with explanations, one to one. */
function match(survivors, explained) {
  const stale = [...explained]
  const matched = new Set()
  for (const mutant of survivors) {
    const at = stale.findIndex((entry) => keyOf(entry) === keyOf(mutant))
    if (at < 0) continue
    stale.splice(at, 1)
    matched.add(mutant)
  }
  return { matched, stale, unexplained: survivors.filter((mutant) => !matched.has(mutant)) }
}

function count(name, mutants, matched) {
  const of = (isCounted) => mutants.filter(isCounted).length
  const killed = of(({ status }) => killedStatuses.has(status))
  const survived = of(({ status }) => survivedStatuses.has(status))
  const explained = of((mutant) => matched.has(mutant))
  return {
    name,
    mutants: killed + survived,
    killed,
    timedOut: of(({ status }) => status === 'Timeout'),
    explained,
    unexplained: survived - explained,
    score: (100 * killed) / (killed + survived),
  }
}

const describe = ({ file, line, from, to }) => `${file}\n  ${line}\n  - ${from}\n  + ${to}`
