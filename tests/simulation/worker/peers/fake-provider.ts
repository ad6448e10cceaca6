import { canary, type TruePayment, type Version, type Word } from '../../checkers/history.ts'
import type { Instant } from '../../engine/fake-database.ts'
import type { Chance } from '../../engine/prng.ts'
import { accountLife, type Booked, toWireStatus } from '../../workload/payments.ts'
import { settings } from '../settings.ts'

/** A payment on the provider's books, which go on being written: a cancel may come through the API. */
export interface Account extends TruePayment {
  readonly versions: Version[]
  readonly booked: Booked
  /** How many parts were given back through the API. */
  parts: number
}

/** A request to the provider, read. */
export interface Asked {
  readonly method: string
  readonly url: URL
  readonly body: Readonly<Record<string, unknown>>
}

/** The provider: its books, and the part of its API that the worker uses. */
export interface Provider {
  readonly accounts: readonly Account[]
  /** Payments whose lives are not over. */
  upcoming(): readonly Account[]
  /** Lets the next thing of a payment's life happen; what it became, or null when it was over already. */
  advance(account: Account): Version | null
  answer(asked: Asked): Response
}

interface Life {
  readonly account: Account
  readonly number: number
  readonly plot: Word[]
  readonly scale: number
  readonly givenBack: { readonly cancelled_at: number; readonly amount: number }[]
  paidAt: number
  cancelledAt: number
}

const partMinor = 400

/** Opens the provider's books for the payments of a story. */
export function createProvider(payments: readonly Booked[], now: Instant): Provider {
  const prepared = new Map<string, unknown>()
  const lives = payments.map(begin)
  const seconds = (): number => Math.floor(now.ms / 1000)

  const become = (life: Life, status: Word, cancelled: number): Version => {
    const version: Version = { status, cancelled, at: now.step }
    life.account.versions.push(version)
    if (status === 'paid') life.paidAt = seconds()
    return version
  }

  const giveBack = (life: Life, minor: number): Version => {
    const { account, givenBack, scale } = life
    const cancelled = standing(account).cancelled + minor
    const isWhole = cancelled === account.amount
    if (isWhole) life.plot.length = 0
    life.cancelledAt = seconds()
    givenBack.push({ cancelled_at: seconds(), amount: minor / scale })
    return become(life, isWhole ? 'cancelled' : 'partially_cancelled', cancelled)
  }

  const advance = (account: Account): Version | null => {
    const life = lives.find((each) => each.account === account)
    const next = life?.plot.shift()
    if (life === undefined || next === undefined) return null
    const left = account.amount - standing(account).cancelled
    if (next === 'cancelled') return giveBack(life, left)
    if (next === 'partially_cancelled') return giveBack(life, Math.min(partMinor, left))
    return become(life, next, 0)
  }

  const show = (life: Life): Record<string, unknown> => toRecord(life)
  const shown = (isWanted: (account: Account) => boolean): readonly Life[] =>
    lives.filter(({ account }) => account.versions.length > 0 && isWanted(account))

  const cancel = ({ body }: Asked): Response => {
    const [life] = shown(({ imp_uid }) => imp_uid === body['imp_uid'])
    if (life === undefined) return refuse('존재하지 않는 결제정보입니다.')
    const { account, scale } = life
    const { status, cancelled } = standing(account)
    const left = account.amount - cancelled
    const minor = body['amount'] === undefined ? left : Math.round(Number(body['amount']) * scale)
    const isPaid = status === 'paid' || status === 'partially_cancelled'
    if (!isPaid || minor > left) return refuse('취소할 수 없는 결제입니다.')
    if (Math.round(Number(body['checksum']) * scale) !== left) return refuse('checksum mismatch')
    if (isAccountOf(life) && body['refund_account'] === undefined) return refuse('refund_account')
    if (body['amount'] !== undefined) account.parts++
    giveBack(life, minor)
    return give(show(life))
  }

  /** Takes an account back into which nobody has paid. */
  const revoke = (impUid: string): Response => {
    const [life] = shown(({ imp_uid }) => imp_uid === impUid)
    if (life === undefined) return notFound()
    if (standing(life.account).status !== 'vbank_issued')
      return refuse('말소할 수 없는 계좌입니다.')
    life.plot.length = 0
    become(life, 'failed', 0)
    return give(show(life))
  }

  const list = ({ url }: Asked, status: string): Response => {
    const from = Number(url.searchParams.get('from'))
    const to = Number(url.searchParams.get('to'))
    const found = lives.filter((life) => {
      const at = status === 'paid' ? life.paidAt : life.cancelledAt
      return wireStatus(life.account) === status && at >= from && at <= to
    })
    return give({ total: found.length, previous: 0, next: 0, list: found.map(show) })
  }

  const answer = (asked: Asked): Response => {
    const { method, url, body } = asked
    const [room = '', first = '', second = '', third = ''] = url.pathname
      .split('/')
      .slice(1)
      .map(decodeURIComponent)
    if (room === 'users') {
      const at = seconds()
      return give({ access_token: `${canary}-token`, now: at, expired_at: at + 1800 })
    }
    if (room === 'vbanks') return revoke(first)
    switch (first) {
      case '': {
        const { searchParams } = url
        const [ids, orders] = ['imp_uid[]', 'merchant_uid[]'].map((name) =>
          searchParams.getAll(name),
        )
        const found = shown(
          ({ imp_uid, merchant_uid }) =>
            ids?.includes(imp_uid) === true || orders?.includes(merchant_uid) === true,
        )
        return found.length === 0 ? notFound() : give(found.map(show))
      }
      case 'status':
        return list(asked, second)
      case 'cancel':
        return cancel(asked)
      case 'prepare': {
        const id = String(method === 'GET' ? second : body['merchant_uid'])
        if (method === 'GET') return prepared.has(id) ? give(prepared.get(id)) : notFound()
        if (method === 'POST' && prepared.has(id)) return refuse('이미 등록된 주문번호입니다.')
        prepared.set(id, body)
        return give(body)
      }
      case 'find': {
        const found = shown(
          (account) => account.merchant_uid === second && wireStatus(account) === third,
        ).at(-1)
        return found === undefined ? notFound() : give(show(found))
      }
      default: {
        const [found] = shown(({ imp_uid, sandbox }) => imp_uid === first && !sandbox)
        return found === undefined ? notFound() : give(show(found))
      }
    }
  }

  return {
    accounts: lives.map(({ account }) => account),
    upcoming: () => lives.filter(({ plot }) => plot.length > 0).map(({ account }) => account),
    advance,
    answer,
  }
}

function begin(booked: Booked, number: number): Life {
  const { imp_uid, merchant_uid, amount, currency, sandbox } = booked
  const account = {
    imp_uid,
    merchant_uid,
    amount,
    currency,
    sandbox,
    versions: [],
    booked,
    parts: 0,
  }
  return {
    account,
    number,
    plot: booked.versions.map(({ status }) => status),
    scale: currency === 'USD' ? 100 : 1,
    givenBack: [],
    paidAt: 0,
    cancelledAt: 0,
  }
}

function isAccountOf({ account }: Life): boolean {
  return account.booked.records[0]?.['pay_method'] === 'vbank'
}

function standing({ versions }: TruePayment): Version {
  return versions.at(-1) ?? { status: 'pending', cancelled: 0, at: Number.POSITIVE_INFINITY }
}

function wireStatus(account: Account): string {
  return account.versions.length === 0 ? '' : toWireStatus(standing(account).status)
}

function toRecord(life: Life): Record<string, unknown> {
  const { account, scale, givenBack, paidAt, cancelledAt, number } = life
  const { status, cancelled } = standing(account)
  const issuedAt = Number(account.booked.records[0]?.['vbank_issued_at'] ?? 0)
  return {
    imp_uid: account.imp_uid,
    merchant_uid: account.merchant_uid,
    amount: account.amount / scale,
    cancel_amount: cancelled / scale,
    cancel_history: givenBack,
    currency: account.currency,
    status: toWireStatus(status),
    paid_at: paidAt,
    cancelled_at: cancelledAt,
    fail_reason: status === 'failed' ? '한도초과' : null,
    pay_method: isAccountOf(life) ? 'vbank' : 'card',
    pg_provider: 'kcp',
    sandbox: account.sandbox,
    buyer_name: `${canary} 홍길동`,
    buyer_email: `${canary}@example.com`,
    card_number: `${canary}-4092`,
    ...(isAccountOf(life)
      ? { vbank_num: `9-${number}`, vbank_date: issuedAt + accountLife, vbank_issued_at: issuedAt }
      : {}),
  }
}

function give(response: unknown): Response {
  return Response.json({ code: 0, message: null, response })
}

function refuse(message: string): Response {
  return Response.json({ code: 1, message, response: null })
}

function notFound(): Response {
  const message = '존재하지 않는 결제정보입니다.'
  return Response.json({ code: 1, message, response: null }, { status: 404 })
}

/** The ways in which an answer can be no answer. `isDone`: what was asked took place all the same. */
export function makeTrouble(chance: Chance, isDone: boolean): Promise<Response> {
  const html = '<html>502 Bad Gateway</html>'
  switch (chance.below(isDone ? 5 : 7)) {
    case 1:
      return Promise.resolve(new Response(html, { status: 502 }))
    case 2:
      return Promise.resolve(Response.json({ code: 0, message: null, response: null }))
    case 3:
      return Promise.resolve(new Response('{"code":0,"message":null,"resp'))
    case 4:
      return Promise.resolve(
        // A provider that quotes a credential: nobody may pass it on.
        Response.json({ code: -1, message: `no ${settings['IMP_SECRET']}` }, { status: 500 }),
      )
    case 5:
      return Promise.resolve(
        Response.json({ code: -1, message: 'Unauthorized', response: null }, { status: 401 }),
      )
    case 6:
      return Promise.resolve(
        Response.json({ code: -1, message: 'slow down', response: null }, { status: 429 }),
      )
    default:
      return Promise.reject(new TypeError('fetch failed'))
  }
}

/** The ways in which a shop's server can fail to take an event in, or to say so. */
export function makeRefusal(chance: Chance): Promise<Response> {
  const status = [500, 503, 404, 301][chance.below(5)]
  return status === undefined
    ? Promise.reject(new TypeError('fetch failed'))
    : Promise.resolve(new Response(null, { status }))
}
