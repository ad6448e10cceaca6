import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mutants } from '../mutation/guards.ts'
import { plantedFlaws } from '../simulation/platform/planted/flaws.ts'
import { stormFlaws } from '../simulation/servers/flaws.ts'

const edits = [
  ...mutants.map(({ without, file, from }) => ({ name: `without ${without}`, file, find: from })),
  ...[
    ...plantedFlaws.map(({ without, edits: own }) => ({ name: `without ${without}`, own })),
    ...stormFlaws.map(({ name, edits: own }) => ({ name, own })),
  ].flatMap(({ name, own }) => own.map(({ file, find }) => ({ name, file, find }))),
]

describe('the source that a test breaks on purpose is still in its file', () => {
  it.each(edits.map(({ name, file, find }) => [name, file, find] as const))(
    '%s, in %s',
    (_, file, find) => {
      expect(readFileSync(file, 'utf8').split(find).length - 1).toBeGreaterThan(0)
    },
  )
})
