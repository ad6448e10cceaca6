import { readFileSync } from 'node:fs'

/** What wrangler.toml says about how the platform calls the worker. */
export interface Deployment {
  readonly crons: readonly string[]
  readonly maxBatchSize: number
}

/** Reads the deployment as it is configured. */
export function readDeployment(file = 'wrangler.toml'): Deployment {
  const text = readFileSync(file, 'utf8')
  const crons = /^crons = \[(.*)\]$/m.exec(text)?.[1]?.match(/[^",]*\*[^",]*/g)
  const maxBatchSize = Number(/^max_batch_size = (\d+)$/m.exec(text)?.[1])
  if (crons === undefined || crons === null || !(maxBatchSize > 0)) {
    throw new TypeError(`Cannot read the triggers of ${file}`)
  }
  return { crons, maxBatchSize }
}

/** Whether a cron expression is due in a minute: only the minutes field may be restricted. */
export function isDue(cron: string, minute: number): boolean {
  const [field = '', ...others] = cron.split(' ')
  if (others.join(' ') !== '* * * *') throw new TypeError(`Cannot run cron ${cron}`)
  const every = /^\*\/(\d+)$/.exec(field)?.[1]
  if (field === '*') return true
  return every === undefined
    ? field
        .split(',')
        .map(Number)
        .includes(minute % 60)
    : minute % Number(every) === 0
}
