import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { toAmount, toMinor } from '../../../domain/payment/money.ts'
import type { Prepared } from '../../../domain/records.ts'
import { ownRefusals, type Refusal, refusals } from '../../../domain/refusals.ts'
import { type Params, readBody, textOf } from '../../../runtime/params.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { possibleDecodings } from '../../../wire/path-params.ts'
import { serializePrepared } from '../../../wire/serialize-payment.ts'

const prefix = '/payments/prepare/'

/** Amounts registered before a window opens. */
export function prepare({ state }: SimulatorContext): Hono {
  const app = new Hono()

  app.post('/payments/prepare', async (c) => {
    const prepared = readPrepared(await readBody(c.req.raw))
    if ('status' in prepared) return refuse(prepared)
    if (state.prepared.has(prepared.merchantUid)) return refuse(refusals.preparedTwice)
    state.prepared.set(prepared.merchantUid, prepared)
    return succeed(serializePrepared(prepared))
  })

  app.put('/payments/prepare', async (c) => {
    const prepared = readPrepared(await readBody(c.req.raw))
    if ('status' in prepared) return refuse(prepared)
    if (!state.prepared.has(prepared.merchantUid)) return refuse(refusals.notPrepared)
    state.prepared.set(prepared.merchantUid, prepared)
    return succeed(serializePrepared(prepared))
  })

  app.get('/payments/prepare/*', (c) => {
    const tail = new URL(c.req.url).pathname.slice(prefix.length).replace(/\/+$/, '')
    const found = possibleDecodings(tail).flatMap((uid) => state.prepared.get(uid) ?? [])[0]
    return found === undefined ? refuse(refusals.notPrepared) : succeed(serializePrepared(found))
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
