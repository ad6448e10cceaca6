import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import type { QuickPrepared } from '../../../domain/payment/quickpay.ts'
import { ownRefusals, type Refusal, refusals } from '../../../domain/refusals.ts'
import { integerOf, type Params, readBody, textOf } from '../../../runtime/params.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { idsAt } from '../../../wire/path-params.ts'

const prefix = '/kcpquick/prepare/'
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/

/** Prepaid-money transactions registered with KCP in advance. */
export function quickPrepare({ state }: SimulatorContext): Hono {
  const app = new Hono({ strict: false })

  app.post(`${prefix}:uid{.+}`, async (c) => {
    const prepared = readPrepared(idsAt(c.req.url, prefix)[0] ?? '', await readBody(c.req.raw))
    if ('code' in prepared) return refuse(prepared)
    if (state.quickPrepared.has(prepared.merchantUid)) {
      return refuse({ ...ownRefusals.quickPreparedTwice, status: 409 })
    }
    state.quickPrepared.set(prepared.merchantUid, prepared)
    return succeed(null)
  })

  app.put(`${prefix}:uid{.+}`, async (c) => {
    const uids = idsAt(c.req.url, prefix)
    const merchantUid = uids.find((uid) => state.quickPrepared.has(uid))
    const prepared = readPrepared(merchantUid ?? uids[0] ?? '', await readBody(c.req.raw))
    if ('code' in prepared) return refuse(prepared)
    if (merchantUid === undefined) return refuse(refusals.notPrepared)
    state.quickPrepared.set(merchantUid, prepared)
    return succeed(null)
  })

  return app
}

function readPrepared(merchantUid: string, params: Params): QuickPrepared | Refusal {
  if (merchantUid.length > 40) return ownRefusals.merchantUidTooLong
  const btid = textOf(params, 'btid') ?? ''
  const verifier = textOf(params, 'code_verifier') ?? ''
  const isPrepaid = textOf(params, 'prepaid_auth_yn') === 'Y'
  const prepaidAmount = integerOf(params, 'prepaid_amount')
  const isComplete =
    btid !== '' &&
    btid.length <= 20 &&
    verifier !== '' &&
    verifier.length <= 200 &&
    ipv4.test(textOf(params, 'cust_ip') ?? '') &&
    (prepaidAmount === null ? !isPrepaid : prepaidAmount >= 0 && prepaidAmount <= 999_999_999)
  if (!isComplete) return ownRefusals.quickPrepareInvalid
  return { merchantUid, prepaidAmount: isPrepaid ? prepaidAmount : null }
}
