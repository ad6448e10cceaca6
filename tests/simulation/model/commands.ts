import { deadline, write } from '../workload/notices.ts'
import { accountLife, nobodys, nowhere } from '../workload/payments.ts'
import { isOpen, type Scene } from './fixture.ts'
import { type Live, price } from './provider-state.ts'

/** Something that buyers, shops, strangers, the provider or fate can do. */
export interface Deed {
  readonly name: string
  /** How often it is tried, compared with the others. */
  readonly weight: number
  can(scene: Scene): boolean
  /** Does it; `pick` says to whom and how. */
  run(scene: Scene, pick: number): Promise<void>
}

const pickOf = <T>(all: readonly T[], pick: number): T | undefined =>
  // The newest are worth more than those that are through.
  all.at(-1 - (pick % Math.min(all.length, 4)))

const at = (payment: Live) => payment.versions.at(-1)?.status
const standing = (scene: Scene, ...statuses: readonly string[]): readonly Live[] =>
  scene.books.payments.filter((each) => statuses.includes(at(each) ?? ''))
const waiting = (scene: Scene): readonly Live[] =>
  standing(scene, 'vbank_issued').filter((each) => !scene.books.isOverdue(each))
const tried = (scene: Scene, merchantUid: string): boolean =>
  scene.books.payments.some(({ owner }) => owner === merchantUid)
const fresh = (scene: Scene) =>
  scene.books.orders.filter(({ merchantUid }) => !tried(scene, merchantUid))
const again = (scene: Scene) =>
  scene.books.orders.filter(({ merchantUid }) => tried(scene, merchantUid))

const open = (scene: Scene) =>
  scene.books.orders.filter(({ merchantUid }) => isOpen(scene.orders.get(merchantUid)?.row.status))

/** A payment is born for one of the orders. */
const birth =
  (orders: typeof fresh, status: 'paid' | 'failed' | 'vbank_issued' | 'pending', amount = price) =>
  async (scene: Scene, pick: number): Promise<void> => {
    const owner = pickOf(orders(scene), pick)?.merchantUid
    if (owner === undefined) return
    scene.books.book({ owner, status, amount, isSandbox: pick % 16 === 15 })
  }

const move =
  (from: (scene: Scene) => readonly Live[], to: Parameters<Scene['books']['move']>[1]) =>
  async (scene: Scene, pick: number): Promise<void> => {
    const payment = pickOf(from(scene), pick)
    if (payment !== undefined) scene.books.move(payment, to)
  }

const mailOf = (scene: Scene, channel: string) =>
  scene.books.mail.filter((each) => each.channel === channel)

/** A notice of a channel arrives; every other is held at one of its calls. */
function arrival(channel: 'callback' | 'redirect' | 'webhook'): Deed {
  return {
    name: channel,
    weight: 5,
    can: (scene) => mailOf(scene, channel).length > 0,
    async run(scene, pick) {
      const notice = pickOf(mailOf(scene, channel), pick)
      if (notice === undefined) return
      scene.books.mail.splice(scene.books.mail.indexOf(notice), 1)
      await scene.bring(notice, pick % 2 === 1 ? (pick >> 2) % 4 : null)
    },
  }
}

const troubles = ['before', 'after', 'hang', 'twice'] as const
const unsettled = (scene: Scene) =>
  standing(scene, 'pending', 'failed').filter((p) => p.issued === 0)
const always = (): boolean => true
const any =
  (find: (scene: Scene) => readonly unknown[]) =>
  (scene: Scene): boolean =>
    find(scene).length > 0
const whole = (scene: Scene) => standing(scene, 'paid', 'partially_cancelled')
const queued = ({ dock }: Scene) => dock.queue

/** A deed whose notice a stranger wrote. */
const lie =
  (about: (scene: Scene, pick: number) => ReturnType<typeof write> | null) =>
  async (scene: Scene, pick: number): Promise<void> => {
    const notice = about(scene, pick)
    if (notice !== null) await scene.bring({ ...notice, sent: Number.POSITIVE_INFINITY })
  }

export const deeds: readonly Deed[] = [
  {
    name: 'checkout',
    weight: 6,
    can: always,
    run: async (scene, pick) => scene.open(pick % 2 === 1),
  },
  { name: 'price edit', weight: 2, can: any(open), run: birth(open, 'paid', price - 1) },
  { name: 'pay', weight: 4, can: any(fresh), run: birth(fresh, 'paid') },
  { name: 'begin', weight: 3, can: any(fresh), run: birth(fresh, 'pending') },
  { name: 'second pay', weight: 2, can: any(again), run: birth(again, 'paid') },
  { name: 'second account', weight: 2, can: any(again), run: birth(again, 'vbank_issued') },
  { name: 'fail', weight: 3, can: any(open), run: birth(open, 'failed') },
  { name: 'failed → paid', weight: 5, can: any(unsettled), run: move(unsettled, 'paid') },
  { name: 'account issue', weight: 4, can: any(open), run: birth(open, 'vbank_issued') },
  {
    name: 'account revoke',
    weight: 2,
    can: any((scene) => standing(scene, 'vbank_issued')),
    run: move((scene) => standing(scene, 'vbank_issued'), 'failed'),
  },
  {
    name: 'deposit',
    weight: 3,
    can: any(waiting),
    run: move(waiting, 'paid'),
  },
  {
    name: 'late deposit',
    weight: 3,
    can: any((scene) => standing(scene, 'vbank_issued')),
    async run(scene, pick) {
      const payment = pickOf(standing(scene, 'vbank_issued'), pick)
      if (payment === undefined) return
      scene.waitUntil((payment.issued + accountLife) * 1000 + 1)
      // Every other one comes when the order is closed already.
      if (pick % 2 === 1) await scene.passMinute()
      scene.books.move(payment, 'paid')
    },
  },
  { name: 'partial cancel', weight: 4, can: any(whole), run: move(whole, 'partially_cancelled') },
  { name: 'full cancel', weight: 3, can: any(whole), run: move(whole, 'cancelled') },
  arrival('callback'),
  arrival('redirect'),
  arrival('webhook'),
  {
    name: 'duplicate',
    weight: 2,
    can: ({ last }) => last !== null,
    async run(scene) {
      if (scene.last !== null) await scene.bring(scene.last)
    },
  },
  {
    name: 'forged',
    weight: 2,
    can: any(({ books }) => books.orders),
    run: lie(({ books }, pick) => {
      const owner = pickOf(books.orders, pick)?.merchantUid
      const channel = pick % 8 < 4 ? 'webhook' : 'callback'
      return owner === undefined ? null : write(nowhere, owner, channel, 'paid')
    }),
  },
  {
    name: 'foreign id',
    weight: 2,
    can: any(({ books }) => books.payments),
    run: lie(({ books }, pick) => {
      const payment = pickOf(books.payments, pick)
      const other = books.orders.find(({ merchantUid }) => merchantUid !== payment?.owner)
      const channel = pick % 8 < 4 ? 'callback' : 'webhook'
      if (payment === undefined) return null
      return write(payment.impUid, other?.merchantUid ?? nobodys, channel, 'paid')
    }),
  },
  {
    name: 'confirm',
    weight: 2,
    can: any(({ books }) => books.payments),
    async run(scene, pick) {
      const payment = pickOf(scene.books.payments, pick)
      if (payment !== undefined) await scene.confirm(payment, pick % 8 < 6 ? price : price - 1)
    },
  },
  {
    name: 'drop channel',
    weight: 2,
    can: any(({ books }) => books.mail),
    async run({ books: { mail } }, pick) {
      mail.splice(pick % mail.length, 1)
    },
  },
  {
    name: 'go on',
    weight: 8,
    can: any(({ dock }) => dock.held),
    async run(scene, pick) {
      const ongoing = pickOf(scene.dock.held, pick)
      if (ongoing !== undefined) await scene.resume(ongoing)
    },
  },
  {
    name: 'crash',
    weight: 2,
    can: always,
    async run({ dock }, pick) {
      const process = pickOf(dock.held, pick)?.task.process
      if (process !== undefined) dock.bury(process)
      else dock.gates.armed.store = pick % 2 === 0 ? 'crash before' : 'crash after'
    },
  },
  {
    name: 'store fault',
    weight: 2,
    can: always,
    async run({ dock: { gates } }, pick) {
      gates.armed.store = troubles[pick % troubles.length] ?? null
    },
  },
  {
    name: 'upstream fault',
    weight: 2,
    can: always,
    async run(scene, pick) {
      scene.trouble = pick >> 3
      scene.dock.gates.armed.upstream = troubles[pick % troubles.length] ?? null
    },
  },
  {
    name: 'queue',
    weight: 4,
    can: any(queued),
    run: async (scene) => scene.deliver(scene.dock.queue.shift() ?? ''),
  },
  {
    name: 'queue duplicate',
    weight: 3,
    can: any(queued),
    async run({ dock: { queue } }, pick) {
      queue.push(queue[pick % queue.length] ?? '')
    },
  },
  {
    name: 'queue reorder',
    weight: 5,
    can: ({ dock }) => dock.queue.length > 1,
    run: async (scene) => scene.deliver(scene.dock.queue.pop() ?? ''),
  },
  {
    name: 'dead letter',
    weight: 3,
    can: any(queued),
    async run({ dock: { queue } }, pick) {
      queue.splice(pick % queue.length, 1)
    },
  },
  { name: 'cron', weight: 1, can: always, run: (scene) => scene.passMinute() },
  { name: 'deploy', weight: 1, can: always, run: async ({ dock }) => dock.deploy() },
  {
    name: 'clock jump',
    weight: 1,
    can: always,
    async run(scene, pick) {
      scene.waitUntil(scene.clock.ms + (deadline[pick % deadline.length] ?? 0))
    },
  },
]
