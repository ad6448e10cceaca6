import type { Prng } from '../../engine/prng.ts'
import type { Answer } from './instance.ts'
import type { Provider } from './provider.ts'

type Api = (path: string, body?: unknown) => Promise<Answer>

/** An order, and whether its buyer paid: in its account, in the other one, or in neither. */
interface Order {
  readonly merchantUid: string
  readonly provider: Provider
  paidIn: Provider | null
}

const amount = 64_900

/** Orders of two accounts whose ids count alike, with payments whose ids count alike; messages get lost, and a job has to find out. */
export class Orders {
  readonly #prng: Prng
  readonly #providers: readonly Provider[]
  readonly #api: Api
  readonly #orders: Order[] = []

  constructor(prng: Prng, providers: readonly Provider[], api: Api) {
    this.#prng = prng
    this.#providers = providers
    this.#api = api
  }

  get counts(): Readonly<Record<string, number>> {
    const elsewhere = this.#orders.filter(
      ({ provider, paidIn }) => paidIn !== null && paidIn !== provider,
    )
    return { orders: this.#orders.length, 'orders paid elsewhere': elsewhere.length }
  }

  /** One buyer in ten turns comes, and pays in nine cases of ten: seldom in the account of somebody else. */
  async turn(): Promise<void> {
    if (this.#prng.below(10) > 0) return
    const [provider, other] =
      this.#prng.below(2) === 0 ? this.#providers : this.#providers.toReversed()
    if (provider === undefined || other === undefined) return
    const order: Order = { merchantUid: `ORD-${this.#orders.length}`, provider, paidIn: null }
    const { name: account } = provider.account
    const created = await this.#api('/orders', {
      merchant_uid: order.merchantUid,
      amount,
      currency: 'KRW',
      ...(account === null ? {} : { account }),
    })
    // The network to the provider is not reliable: the shop would ask again.
    if (created['status'] === undefined) return
    this.#orders.push(order)
    const drawn = this.#prng.below(10)
    if (drawn === 0) return
    order.paidIn = drawn === 1 ? other : provider
    const imp_uid = await order.paidIn.pay(order.merchantUid, amount)
    if (this.#prng.below(2) === 0) return
    await this.#api('/payments/webhook', {
      imp_uid,
      merchant_uid: order.merchantUid,
      status: 'paid',
    })
  }

  /** Returns what is wrong with the orders after everything came to rest. */
  async check(): Promise<readonly string[]> {
    const { reconciliation_issues: issues } = await this.#api('/reconciliation-issues?limit=100')
    const wrong: string[] = []
    for (const { merchantUid, provider, paidIn } of this.#orders) {
      const { status, account = null } = await this.#api(`/orders/${merchantUid}`)
      if ((status === 'paid') !== (paidIn === provider)) {
        wrong.push(
          `O1: ${merchantUid} is ${String(status)}, and was paid ${describe(paidIn, provider)}`,
        )
      }
      if (account !== provider.account.name) wrong.push(`O2: ${merchantUid} changed its account`)
      if (paidIn === null || paidIn === provider) continue
      const isReported = (issues as readonly Answer[]).some(
        (issue) =>
          issue['merchant_uid'] === merchantUid &&
          (issue['account'] ?? null) === paidIn.account.name,
      )
      if (!isReported) wrong.push(`O3: nobody hears of the money that came for ${merchantUid}`)
    }
    return wrong
  }
}

function describe(paidIn: Provider | null, provider: Provider): string {
  if (paidIn === null) return 'nowhere'
  return paidIn === provider ? 'in its account' : 'in another account'
}
