import type { Edit } from '../platform/planted/flaws.ts'
import type { Storm } from './storm.ts'

/** A server that is wrong on purpose, and how the checker must report it. */
export interface StormFlaw {
  readonly name: string
  readonly edits: readonly Edit[]
  readonly storm: Pick<Storm, 'kind' | 'strikes' | 'isForgetful'>
  readonly message: RegExp
}

export const stormFlaws: readonly StormFlaw[] = [
  {
    name: 'a database that responds to a commit before it is on the disk',
    edits: [],
    storm: {
      kind: 'MariaDB',
      strikes: ['slow', 'database killed'],
      isForgetful: true,
    },
    message: /its \d+ events have sequences/,
  },
  {
    name: 'a webhook that is accepted before its payment is recorded',
    edits: [
      {
        file: 'packages/hono/src/webhook.ts',
        find: 'const synced = await syncNotice(lookup, deps)',
        replace: `void syncNotice(lookup, deps).catch(() => undefined)
    return respondJson(c, { status: 'received' })
    const synced = await syncNotice(lookup, deps)`,
      },
    ],
    storm: { kind: 'MariaDB', strikes: ['slow', 'read-only', 'slow'] },
    message: /: read \d+ after /,
  },
  {
    name: 'an event that is written after its change, by a transaction of its own',
    edits: [
      {
        file: 'packages/sql/src/store/orders/orders.ts',
        find: 'const outcomes = await runTwice(driver, statements, planned)',
        replace: `const isEvent = ({ text }) => text.includes('INTO outbox')
  const outcomes = await runTwice(driver, statements.filter((each) => !isEvent(each)))
  const written = outcomes.ok ? outcomes.value[statements.indexOf(change)] : undefined
  if (written !== undefined && isHit(written)) {
    for (const { text, values } of statements.filter(isEvent)) await runTwice(driver, [{ text, values }])
  }`,
      },
    ],
    storm: { kind: 'MariaDB', strikes: ['disk full', 'disk full', 'disk full'] },
    message: /its \d+ events have sequences/,
  },
  {
    name: 'orders that each instance keeps in memory',
    edits: [
      {
        file: 'packages/sql/src/store/orders/orders.ts',
        find: 'async read(merchantUid) {\n      const row = await readRow(merchantUid)',
        replace: `async read(merchantUid) {
      const kept = (globalThis.kept ??= new Map())
      const known = kept.get(merchantUid)
      const row = known && Date.now() - known.at < 2_000 ? known.row : await readRow(merchantUid)
      if (row !== known?.row) kept.set(merchantUid, { row, at: Date.now() })`,
      },
    ],
    storm: { kind: 'PostgreSQL', strikes: [] },
    message: /: read \d+ after \d+/,
  },
  {
    name: 'an event whose body has the time of its try',
    edits: [
      {
        file: 'packages/server/src/events/event-body.ts',
        find: 'createdAt.toISOString()',
        replace: 'new Date().toISOString()',
      },
    ],
    storm: { kind: 'MariaDB', strikes: ['instance killed'] },
    message: /came with two bodies/,
  },
]
