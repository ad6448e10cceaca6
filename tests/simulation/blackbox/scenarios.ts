import { type Chance, createChance } from '../engine/prng.ts'
import type { Wanted } from './checkers/http-history.ts'
import { type Draft, type Hands, sleep } from './clients.ts'
import type { Weather } from './nemesis.ts'

// What happens in one history: a seed decides who does what and how long he waits, the machine who is first.

/** How the shop's side of a world behaves to one history. */
export interface Scene {
  readonly seed: number
  readonly hands: Hands
  /** How often each order is looked at, beside everything else. */
  readonly looks: number
  readonly weather: Pick<Weather, 'spoil'>
}

/** The orders of a history. */
export function writeOrders(seed: number): readonly Wanted[] {
  const chance = createChance(seed)
  return Array.from({ length: 1 + chance.below(3) }, (_, at) => {
    const isDollar = chance.below(8) === 7
    return {
      merchant_uid: `B${seed}-${at}`,
      amount: isDollar ? 10 + chance.below(90) + 0.25 : 1_000 * (5 + chance.below(60)),
      currency: isDollar ? 'USD' : 'KRW',
      stray: chance.below(2) === 1 ? 'refund' : 'report',
    }
  })
}

/** Plays a history to its end; what is still on the wire then is not waited for. */
export async function playHistory(scene: Scene): Promise<void> {
  const orders = writeOrders(scene.seed)
  await Promise.all(orders.map((order, at) => playOrder(order, at, orders, scene)))
}

type Plot = (play: Play) => Promise<void>

/** One order on stage, with the means to act on it. */
interface Play {
  readonly order: Wanted
  readonly sibling: Wanted
  readonly scene: Scene
  readonly chance: Chance
  /** A payment of this order; what is named differs from an honest one. */
  readonly draft: (at: number, other?: Partial<Draft>) => Draft
}

const plots: readonly Plot[] = [
  buyOnce,
  buyOnce,
  buyTwice,
  payLess,
  payElsewhere,
  offerForeign,
  payIntoAccount,
  closeAccount,
  failFirst,
  neverPay,
  closeUnpaid,
  cancelParts,
  cancelEverywhere,
]

async function playOrder(
  order: Wanted,
  at: number,
  orders: readonly Wanted[],
  scene: Scene,
): Promise<void> {
  const { seed, hands } = scene
  const cast = (role: number): Chance => createChance(seed * 64 + at * 16 + role)
  const chance = cast(1)
  const plot = plots[chance.below(plots.length)] ?? buyOnce
  const draft = (tried: number, other: Partial<Draft> = {}): Draft => ({
    imp_uid: `imp_${seed}_${at}_${tried}`,
    merchant_uid: order.merchant_uid,
    amount: order.amount,
    currency: order.currency,
    pay_method: 'card',
    ...other,
  })
  const sibling = orders[(at + 1) % orders.length] ?? order
  let isStaged = (): void => undefined
  // Nobody knows the id of a payment before the provider gave it out.
  const staged = new Promise<void>((resolve) => {
    isStaged = resolve
  })
  const own: Hands = {
    ...hands,
    stage: async (payment) => {
      const answer = await hands.stage(payment)
      if (payment.imp_uid === draft(0).imp_uid) isStaged()
      return answer
    },
  }
  // The shop writes some orders down only after their buyer has paid.
  const isLate = chance.below(8) === 7
  const born = sleep(isLate ? 200 : 0).then(() => hands.create(order))
  if (!isLate) await born
  await Promise.all([
    plot({ order, sibling, scene: { ...scene, hands: own }, chance, draft }).finally(isStaged),
    staged.then(() => comeBack(draft(0), scene, cast(2))),
    staged.then(() => disturb(order, draft(0), scene, cast(3))),
    born.then((token) => watch(order, token, scene, cast(4))),
    born.then((token) => watch(order, token, scene, cast(5))),
  ])
}

async function buyOnce({ scene, chance, draft }: Play): Promise<void> {
  await buy(draft(0), scene, chance)
}

/** Two tabs, two payments, one order. */
async function buyTwice({ scene, chance, draft }: Play): Promise<void> {
  await Promise.all([buy(draft(0), scene, chance), buy(draft(1), scene, chance)])
  if (chance.below(2) === 1) await scene.hands.giveBack('duplicate_paid', draft(1))
}

async function payLess({ order, scene, chance, draft }: Play): Promise<void> {
  const less = draft(1, { amount: order.amount - 1 })
  await buy(less, scene, chance)
  if (chance.below(3) === 2) await scene.hands.giveBack('mismatch_paid', less)
  if (chance.below(2) === 1) await buy(draft(0), scene, chance)
}

async function payElsewhere({ order, scene, chance, draft }: Play): Promise<void> {
  const currency = order.currency === 'USD' ? 'EUR' : 'USD'
  await buy(draft(1, { currency }), scene, chance)
  if (chance.below(2) === 1) await buy(draft(0), scene, chance)
}

/** A paid payment is offered to another order as well. */
async function offerForeign({ order, sibling, scene, chance, draft }: Play): Promise<void> {
  const own = draft(0)
  await buy(own, scene, chance)
  if (sibling === order) return
  await scene.hands.complete('stranger', sibling.merchant_uid, own.imp_uid)
  await scene.hands.forge(sibling.merchant_uid, own.imp_uid, 'paid')
  await scene.hands.redirect('stranger', sibling.merchant_uid, own.imp_uid)
}

/** An account is issued; the money comes, late now and then, or never. */
async function payIntoAccount({ order, scene, chance, draft }: Play): Promise<void> {
  const { hands } = scene
  const seconds = Math.floor(Date.now() / 1000)
  const account = draft(0, { pay_method: 'vbank', vbank_date: seconds + 1 + chance.below(3) * 600 })
  await hands.stage(account)
  await hands.complete('browser', order.merchant_uid, account.imp_uid)
  await pause(chance, 1_500)
  if (chance.below(4) === 3) return
  await hands.pay(account, 'deposit')
  if (chance.below(3) === 2) await hands.cancel('merchant', order.merchant_uid, null, null)
}

/** The merchant closes the order while the buyer may be at the bank. */
async function closeAccount({ order, scene, chance, draft }: Play): Promise<void> {
  const { hands } = scene
  const account = draft(0, { pay_method: 'vbank' })
  await hands.stage(account)
  await hands.complete('browser', order.merchant_uid, account.imp_uid)
  const closing = hands.cancel('merchant', order.merchant_uid, null, null)
  if (chance.below(2) === 1) await hands.pay(account, 'deposit')
  await closing
}

async function failFirst({ order, scene, chance, draft }: Play): Promise<void> {
  const { hands } = scene
  const first = draft(0)
  await hands.stage(first)
  await pause(chance, 60)
  await hands.fail(first)
  await hands.complete('browser', order.merchant_uid, first.imp_uid, '[CC03] 카드사 승인거절')
  await pause(chance, 200)
  switch (chance.below(3)) {
    case 0:
      return
    case 1:
      await hands.pay(first, 'approve-late')
      return
    default:
      await buy(draft(1), scene, chance)
  }
}

async function neverPay({ order, scene, chance, draft }: Play): Promise<void> {
  if (chance.below(2) === 1) await scene.hands.stage(draft(0))
  await pause(chance, 100)
  await scene.hands.complete('browser', order.merchant_uid, draft(0).imp_uid, '사용자가 취소')
}

/** The merchant closes what looks unpaid, while somebody may be paying. */
async function closeUnpaid({ order, scene, chance, draft }: Play): Promise<void> {
  const { hands } = scene
  await Promise.all([
    pause(chance, 250).then(() => hands.cancel('merchant', order.merchant_uid, null, null)),
    pause(chance, 250).then(() => buy(draft(0), scene, chance)),
  ])
}

/** Parts are given back by the API and by the console, at once. */
async function cancelParts({ order, scene, chance, draft }: Play): Promise<void> {
  const { hands } = scene
  await buy(draft(0), scene, chance)
  const part = Math.floor(order.amount / 5)
  const left = order.amount - part
  await Promise.all([
    hands.cancel('merchant', order.merchant_uid, part, order.amount),
    pause(chance, 30).then(() => hands.cancel('merchant', order.merchant_uid, part, order.amount)),
    pause(chance, 400).then(() => hands.consoleCancel(draft(0), part)),
  ])
  await hands.cancels(order.merchant_uid)
  if (chance.below(2) === 1) await hands.cancel('merchant', order.merchant_uid, null, null)
  else await hands.cancel('merchant', order.merchant_uid, part, left)
}

/** Everything is given back twice at once, by the API and by the console. */
async function cancelEverywhere({ order, scene, chance, draft }: Play): Promise<void> {
  const { hands } = scene
  await buy(draft(0), scene, chance)
  await Promise.all([
    hands.cancel('merchant', order.merchant_uid, null, null),
    pause(chance, 60).then(() => hands.consoleCancel(draft(0), null)),
    pause(chance, 60).then(() => hands.cancel('merchant', order.merchant_uid, null, null)),
  ])
}

/** A buyer pays in a window, and the window's callback goes to the shop. */
async function buy(payment: Draft, scene: Scene, chance: Chance): Promise<void> {
  const { hands } = scene
  await hands.stage(payment)
  await scene.weather.spoil(payment.imp_uid, chance)
  await pause(chance, 40)
  await hands.confirm('provider', payment.merchant_uid, payment.imp_uid, payment.amount)
  await pause(chance, 40)
  await hands.pay(payment, 'approve')
  await pause(chance, 60)
  // Some close the tab at once.
  for (let tries = chance.below(3); tries > 0; tries--) {
    await hands.complete('browser', payment.merchant_uid, payment.imp_uid)
    await pause(chance, 120)
  }
}

/** A phone returns by redirect: early, late, or twice. */
async function comeBack(payment: Draft, { hands }: Scene, chance: Chance): Promise<void> {
  for (let tries = chance.below(3); tries > 0; tries--) {
    await pause(chance, 500)
    await hands.redirect('phone', payment.merchant_uid, payment.imp_uid)
  }
}

/** A stranger who knows ids: he claims, guesses and pries. */
async function disturb(order: Wanted, paid: Draft, scene: Scene, chance: Chance): Promise<void> {
  const { hands } = scene
  const { merchant_uid } = order
  for (let tries = chance.below(4); tries > 0; tries--) {
    await pause(chance, 400)
    switch (chance.below(7)) {
      case 0:
        await hands.forge(merchant_uid, paid.imp_uid, 'paid')
        break
      case 1:
        await hands.forge(merchant_uid, paid.imp_uid, 'cancelled')
        break
      case 2:
        await hands.forge(merchant_uid, `imp_unknown_${scene.seed}`, 'paid')
        break
      case 3:
        await hands.forge(merchant_uid, null, 'paid')
        break
      case 4:
        await hands.complete('stranger', `nobodys-${scene.seed}`, paid.imp_uid)
        break
      case 5:
        await hands.buyerRead('stranger', merchant_uid, 'a-token-that-was-guessed')
        break
      default:
        await hands.confirm('stranger', merchant_uid, paid.imp_uid, order.amount + 1)
    }
  }
}

/** The merchant's server and the buyer's page ask again and again how the order stands. */
async function watch(order: Wanted, token: string, scene: Scene, chance: Chance): Promise<void> {
  const { hands, looks } = scene
  for (let looked = 0; looked < looks; looked++) {
    await pause(chance, 160)
    if (chance.below(3) === 2) await hands.buyerRead('buyer', order.merchant_uid, token)
    else await hands.read('merchant', order.merchant_uid)
  }
}

function pause(chance: Chance, mostMs: number): Promise<void> {
  return sleep(chance.below(mostMs + 1))
}
