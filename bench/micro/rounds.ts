import { launch, type Program } from '../program.ts'
import type { Group } from './contestant.ts'
import type { MicroPlan } from './plan.ts'
import type { ContestantMessage, Round } from './serve-contestant.ts'

/** What was measured of one contestant. */
export interface ContestantFigures {
  readonly name: string
  readonly bytesPerCall: number
  readonly rounds: Round[]
}

/** What was measured of a group. */
export interface GroupFigures {
  readonly group: string
  readonly contestants: readonly ContestantFigures[]
}

/** Where processes run, which of them to stop at the end, and callbacks. */
export interface RunOptions {
  readonly core: number | null
  readonly running: Set<Program>
  readonly tick: () => void
  /** Called for a contestant that cannot start, with its name and the reason. */
  readonly onFailure: (failure: string) => void
}

interface Started {
  readonly program: Program
  readonly figures: ContestantFigures
}

/** Times the contestants of a group in interleaved rounds, each in a process of its own. */
export async function measureGroup(
  { name: group }: Group,
  names: readonly string[],
  plan: MicroPlan,
  options: RunOptions,
): Promise<GroupFigures> {
  const started: Started[] = []
  for (const name of names) {
    try {
      started.push(await start(group, name, plan, options))
    } catch (error) {
      options.onFailure(
        `${group}, ${name}: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  }
  for (let round = 0; round < plan.rounds; round++) {
    // A-B-C, and C-B-A in the next round: any drift of the machine affects all equally.
    for (const { program, figures } of round % 2 === 0 ? started : started.toReversed()) {
      figures.rounds.push(await send<Round>(program, { kind: 'measure_round', ms: plan.roundMs }))
      options.tick()
    }
  }
  for (const { program } of started) {
    options.running.delete(program)
    await program.stop()
  }
  return { group, contestants: started.map(({ figures }) => figures) }
}

async function start(
  group: string,
  name: string,
  { roundMs }: MicroPlan,
  { core, running }: RunOptions,
): Promise<Started> {
  const program = await launch('micro/serve-contestant', [group, name], core)
  running.add(program)
  // The first calls run before the code is optimized, and take more time and heap.
  await send<Round>(program, { kind: 'measure_round', ms: 5 * roundMs })
  const bytesPerCall = await send<number>(program, { kind: 'measure_allocation' })
  return { program, figures: { name, bytesPerCall, rounds: [] } }
}

function send<Reply>(program: Program, message: ContestantMessage): Promise<Reply> {
  return program.send<Reply>(message)
}
