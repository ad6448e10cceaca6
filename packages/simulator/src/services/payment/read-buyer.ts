import type { Buyer } from '../../domain/payment/payment.ts'
import { type Params, textOf } from '../../runtime/params.ts'

/** Reads `buyer_name` and its neighbours, or those of another prefix; empty text for what is absent. */
export function readBuyer(params: Params, prefix = 'buyer'): Buyer {
  const text = (name: string) => textOf(params, `${prefix}_${name}`) ?? ''
  return {
    name: text('name'),
    email: text('email'),
    tel: text('tel'),
    addr: text('addr'),
    postcode: text('postcode'),
  }
}
