import type { WindowResult } from '../domain/payment/window.ts'
import { seoulOffsetMs } from '../runtime/seoul-time.ts'

type Fields = Record<string, unknown>

/**
 * Presents a result as the old modules' callback object: flag, ids and a copy of the payment.
 *
 * A virtual account counts as success. A failure is the short old-style object.
 */
export function toLegacyCallback(result: WindowResult): Fields {
  return result.ok ? succeeded(result) : failed(result)
}

/** Presents a result as the new modules do: the two ids, and the PG's error if the approval failed. */
export function toNewModuleCallback(result: WindowResult): Fields {
  const { imp_uid, merchant_uid, error_code, error_msg } = result
  if (!result.ok) return { imp_uid, merchant_uid, error_code: error_code ?? 'F400', error_msg }
  const { customer_uid, pg_provider } = result.payment
  // PayPal's module returns the two ids only.
  return typeof customer_uid === 'string' && pg_provider !== 'paypal_v2'
    ? { imp_uid, merchant_uid, customer_uid }
    : { imp_uid, merchant_uid }
}

function failed({ imp_uid, merchant_uid, error_code, error_msg, payment }: WindowResult): Fields {
  const { pay_method, pg_provider } = payment
  const base = {
    success: false,
    imp_uid,
    merchant_uid,
    pay_method,
    pg_provider,
    pg_type: 'payment',
  }
  return error_code === null ? { ...base, error_msg } : { ...base, error_code, error_msg }
}

function succeeded({ imp_uid, merchant_uid, paid_amount, payment }: WindowResult): Fields {
  return {
    success: true,
    imp_uid,
    merchant_uid,
    pay_method: payment.pay_method,
    paid_amount,
    status: payment.status,
    name: payment.name,
    pg_provider: payment.pg_provider,
    ...optionalField('emb_pg_provider', payment.emb_pg_provider),
    pg_tid: payment.pg_tid,
    pg_type: 'payment',
    ...buyer(payment),
    custom_data: toCustomData(payment.custom_data),
    paid_at: payment.paid_at,
    receipt_url: payment.receipt_url ?? '',
    apply_num: payment.apply_num ?? '',
    bank_name: payment.bank_name ?? null,
    card_name: payment.card_name ?? null,
    card_number: payment.card_number ?? '',
    card_quota: payment.card_quota ?? 0,
    currency: payment.currency,
    ...optionalField('customer_uid', payment.customer_uid),
    ...(payment.pay_method === 'vbank' ? account(payment) : {}),
  }
}

function optionalField(name: string, value: unknown): Fields {
  return value === null || value === undefined ? {} : { [name]: value }
}

function buyer(payment: Fields): Fields {
  const names = ['buyer_name', 'buyer_email', 'buyer_tel', 'buyer_addr', 'buyer_postcode']
  return Object.fromEntries(names.map((name) => [name, payment[name] ?? '']))
}

function account({ vbank_num, vbank_name, vbank_holder, vbank_date }: Fields): Fields {
  return { vbank_num, vbank_name, vbank_holder, vbank_date: toSeoulText(vbank_date) }
}

/** The REST API shows UNIX seconds here; the callback shows text in Seoul time. */
function toSeoulText(seconds: unknown): string {
  if (typeof seconds !== 'number') return ''
  const iso = new Date(seconds * 1000 + seoulOffsetMs).toISOString()
  return iso.slice(0, 19).replace('T', ' ')
}

/** Custom data is stored as text; the browser receives the value the shop passed. */
function toCustomData(stored: unknown): unknown {
  if (typeof stored !== 'string') return stored ?? null
  try {
    return JSON.parse(stored)
  } catch {
    // A shop may pass plain text, which is returned unchanged.
    return stored
  }
}
