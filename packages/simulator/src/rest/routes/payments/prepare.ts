import { Hono } from 'hono'
import type { World } from '../../../context.ts'
import { toAmount, toMinor } from '../../../domain/payment/money.ts'
import type { Prepared } from '../../../domain/records.ts'
import { ownRefusals, type Refusal, refusals } from '../../../domain/refusals.ts'
import { type Params, readBody, textOf } from '../../../runtime/params.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { spellings } from '../../../wire/path-params.ts'
import { presentPrepared } from '../../../wire/serialize-payment.ts'

const prefix = '/payments/prepare/'

/** The amounts registered before a window opens. */
export function prepare({ ledger }: World): Hono {
  const app = new Hono()

  app.post('/payments/prepare', async (c) => {
    const asked = readPrepared(await readBody(c.req.raw))
    if ('status' in asked) return refuse(asked)
    if (ledger.prepared.has(asked.merchantUid)) return refuse(ownRefusals.preparedTwice)
    ledger.prepared.set(asked.merchantUid, asked)
    return succeed(presentPrepared(asked))
  })

  app.put('/payments/prepare', async (c) => {
    const asked = readPrepared(await readBody(c.req.raw))
    if ('status' in asked) return refuse(asked)
    if (!ledger.prepared.has(asked.merchantUid)) return refuse(refusals.notPrepared)
    ledger.prepared.set(asked.merchantUid, asked)
    return succeed(presentPrepared(asked))
  })

  app.get('/payments/prepare/*', (c) => {
    const tail = new URL(c.req.url).pathname.slice(prefix.length).replace(/\/+$/, '')
    const found = spellings(tail).flatMap((uid) => ledger.prepared.get(uid) ?? [])[0]
    return found === undefined ? refuse(refusals.notPrepared) : succeed(presentPrepared(found))
  })

  return app
}

function readPrepared(params: Params): Prepared | Refusal {
  const merchantUid = textOf(params, 'merchant_uid')
  if (merchantUid === null) return ownRefusals.merchantUidMissing
  const currency = textOf(params, 'currency')
  const amountMinor = toMinor(params['amount'], currency ?? 'USD')
  if (amountMinor === null || amountMinor < 0) return ownRefusals.amountInvalid
  return { merchantUid, amount: toAmount(amountMinor, currency ?? 'USD'), currency }
}
