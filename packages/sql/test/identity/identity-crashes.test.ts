import { AsyncLocalStorage } from 'node:async_hooks'
import { DatabaseSync } from 'node:sqlite'
import { fail } from '@quayside/core'
import type { Store } from '@quayside/server'
import { afterAll, describe, expect, it } from 'vitest'
import { createPostgresStore, createSqliteStore, migrateSqlite } from '../../src/index.ts'
import { createPostgresDatabase } from '../databases.ts'
import { completed, createIdentityShop, type IdentityShop } from './identity-shop.ts'

// Both channels, in every order of two messages and at the same time, with a process that ends at each point of each
// message: the result is recorded once, and the next message gets it.

const channels = ['callback', 'redirect'] as const
type Channel = (typeof channels)[number]

/** Where the process ends while it handles a message. */
const crashPoints = ['none', 'before_read', 'after_read', 'after_record', 'before_answer'] as const
type CrashPoint = (typeof crashPoints)[number]

interface Message {
  readonly channel: Channel
  readonly crash: CrashPoint
}

const messages: readonly Message[] = channels.flatMap((channel) =>
  crashPoints.map((crash) => ({ channel, crash })),
)
/** One message, or two: one after the other, or at the same time. */
const schedules: readonly (readonly [readonly Message[], isAtOnce: boolean])[] = [
  ...messages.map((message) => [[message], false] as const),
  ...messages.flatMap((first) =>
    messages.flatMap((second) => [
      [[first, second], false] as const,
      [[first, second], true] as const,
    ]),
  ),
]

const lost = fail({ reason: 'store_unavailable', cause: 'the process ended' } as const)

/** Where the process of the message ends that is being handled. */
const crashOf = new AsyncLocalStorage<CrashPoint>()

/** A store whose process ends at the point of the message. */
function createMortal(store: Store): Store {
  const { identityVerifications } = store
  return {
    ...store,
    identityVerifications: {
      ...identityVerifications,
      find: async (id) =>
        crashOf.getStore() === 'before_read' ? lost : identityVerifications.find(id),
      async record(verification, result) {
        const point = crashOf.getStore()
        if (point === 'after_read') return lost
        const recorded = await identityVerifications.record(verification, result)
        return point === 'after_record' ? lost : recorded
      },
    },
  }
}

type Outcome = 'verified' | 'refused'

function openShop(connect: (now: () => Date) => Store) {
  const shop = createIdentityShop({ connect: (now) => createMortal(connect(now)) })
  const send = async ({ channel }: Message, id: string, impUid: string) => {
    if (channel === 'redirect') {
      return shop.redirect({ imp_uid: impUid, merchant_uid: id, success: 'true' })
    }
    return String((await shop.callback(completed(id, impUid))).body['status'])
  }
  /** Sends a message whose process may end: whoever waits for its answer gets none. */
  const sendOrCrash = async (message: Message, id: string, impUid: string) => {
    const { crash } = message
    const answer = await crashOf.run(crash, () => send(message, id, impUid))
    if (crash !== 'none') shop.restart()
    return crash === 'none' ? answer : null
  }
  return { shop, send, sendOrCrash }
}

async function play(
  shops: ReturnType<typeof openShop>,
  [sent, isAtOnce]: (typeof schedules)[number],
  outcome: Outcome,
): Promise<unknown> {
  const { shop, send, sendOrCrash } = shops
  const id = await shop.create({ minimum_age: outcome === 'verified' ? 19 : 120 })
  const impUid = await shop.certify(id)
  if (isAtOnce) await Promise.all(sent.map((message) => sendOrCrash(message, id, impUid)))
  else for (const message of sent) await sendOrCrash(message, id, impUid)
  const answers = [
    await send({ channel: 'callback', crash: 'none' }, id, impUid),
    await send({ channel: 'redirect', crash: 'none' }, id, impUid),
  ]
  const { status, sequence, imp_uid } = await shop.read(id)
  const isOwn = imp_uid === impUid
  return { answers, status, sequence, isOwn, events: await countEvents(shop, id) }
}

/** The events of a verification that the outbox has, whether or not they were delivered. */
async function countEvents({ store }: IdentityShop, id: string): Promise<readonly string[]> {
  const event = await store.outbox.claimOne(`${id}:1`)
  const second = await store.outbox.claimOne(`${id}:2`)
  return [event, second].flatMap((each) =>
    each.ok && each.value !== null ? [each.value.kind] : [],
  )
}

const expected = (outcome: Outcome) => ({
  answers: Array(2).fill(outcome === 'verified' ? 'success' : 'failed'),
  status: outcome,
  sequence: 1,
  isOwn: true,
  events: [`identity_verification.${outcome}`],
})

function crashTests(connect: (now: () => Date) => Store): void {
  it.each(['verified', 'refused'] as const)(
    `T146: ${schedules.length} schedules of two channels and five crash points: %s is recorded once`,
    async (outcome) => {
      const shops = openShop(connect)
      for (const schedule of schedules) {
        expect([schedule, await play(shops, schedule, outcome)]).toEqual([
          schedule,
          expected(outcome),
        ])
      }
    },
  )
}

describe('on SQLite', async () => {
  const database = new DatabaseSync(':memory:')
  await migrateSqlite(database)
  crashTests((now) => createSqliteStore(database, { now }))
})

const postgres = await createPostgresDatabase()
describe.skipIf(postgres.isMissing)(`on PostgreSQL${postgres.note}`, () => {
  afterAll(postgres.drop)
  crashTests((now) => createPostgresStore(postgres.pool, { now }))
})
