import type { CallOptions, CallResult, Client } from '@quayside/client'
import {
  fail,
  type ImpUid,
  ok,
  type Payee,
  payeeOf,
  type Result,
  toPaymentOf,
} from '@quayside/core'
import type { SubjectMerchant, SubjectOutcome } from '@quayside/hono'
import {
  type NamedPayee,
  payeeOfKey,
  readPayee,
  toKeyOf,
  toNamedPayee,
  toPayee,
  toProviderId,
  toProviderKey,
} from './domain/payee.ts'

/** Everyone who is paid beside the account of `IMP_KEY`. */
export interface Payees {
  /** Every other account of the settings, and every tier. */
  readonly others: readonly Payee[]
  /** The client of one of them, whose ids of payments end with the payee; null for anybody else. */
  readonly clientOf: (payee: Payee) => Client | null
  /** The merchant code for payment links; null where the settings have none. */
  readonly userCodeOf: (payee: Payee) => string | null
}

/** What belongs to a payee, or to the account of `IMP_KEY`: its client, and those of the others. */
export interface PayeeDeps {
  /**
   * Calls about a payment or a billing key go to its payee, all others to the account of `IMP_KEY`.
   */
  readonly client: Client
  /** Left out where the settings name nobody else. */
  readonly payees?: Payees
}

/** Everyone who is paid; undefined is the account of `IMP_KEY`. */
export function allPayees({ payees }: Pick<PayeeDeps, 'payees'>): readonly (Payee | undefined)[] {
  return [undefined, ...(payees?.others ?? [])]
}

/** What of a payee the settings do not name; null when they name it. */
export function findUnknownPayee(
  payee: Payee | undefined,
  deps: Pick<PayeeDeps, 'payees'>,
): 'account_unknown' | 'tier_unknown' | null {
  const known = allPayees(deps)
  if (known.includes(payee)) return null
  const { account } = readPayee(payee)
  return known.includes(toPayee({ account, tier: null })) ? 'tier_unknown' : 'account_unknown'
}

/** Returns whom a request names, if the settings do: of a name that is misspelt nothing would be found. */
export function toKnownPayee(
  named: NamedPayee,
  deps: Pick<PayeeDeps, 'payees'>,
): Result<Payee | undefined, { readonly reason: 'account_unknown' | 'tier_unknown' }> {
  const payee = toNamedPayee(named)
  const unknown = findUnknownPayee(payee, deps)
  return unknown === null ? ok(payee) : fail({ reason: unknown })
}

/** Returns whose window a page opens; undefined for the account that needs no name, whose code the page has. */
export function toMerchant(
  payee: Payee | undefined,
  { payees }: Pick<PayeeDeps, 'payees'>,
): SubjectMerchant | undefined {
  if (payee === undefined) return undefined
  return { userCode: payees?.userCodeOf(payee) ?? null, tier: readPayee(payee).tier }
}

/** Adds to an outcome whose window the page opens. */
export function withMerchant(
  outcome: SubjectOutcome,
  payee: Payee | undefined,
  deps: Pick<PayeeDeps, 'payees'>,
): SubjectOutcome {
  const merchant = toMerchant(payee, deps)
  return merchant === undefined ? outcome : { ...outcome, merchant }
}

/** Returns the same with the client of a payee, for calls that name no payment and no key. */
export function toDepsOf<Deps extends PayeeDeps>(payee: Payee | undefined, deps: Deps): Deps {
  if (payee === undefined) return deps
  return { ...deps, client: deps.payees?.clientOf(payee) ?? createUnknownClient(payee) }
}

/**
 * Makes the client of the account of `IMP_KEY` one that sends calls about payments and keys of others to them. One that the settings
 * do not name any more is refused, as wrong keys are: a payment that nobody looks for must not seem not to exist.
 */
export function createRoutingClient(own: Client, payees: Payees): Client {
  const clientOf = (payee: Payee) => payees.clientOf(payee) ?? createUnknownClient(payee)
  return {
    call: (endpoint, params, options) => {
      const payee = payeeOfParams(params)
      return (payee === undefined ? own : clientOf(payee)).call(endpoint, params, options)
    },
  }
}

/**
 * Makes the client of a payee from that of its account: calls have the tier, and ids of payments and of keys end with the payee here, and
 * not at the provider. A call that names a payment or a key of somebody else is sent to nobody.
 */
export function createPayeeClient(account: Client, payee: Payee): Client {
  const { tier } = readPayee(payee)
  return {
    call: async (endpoint, params, options) => {
      const named = payeeOfParams(params)
      if (named !== undefined && named !== payee) return ofSomebodyElse
      const ofTier: CallOptions = tier === null ? { ...options } : { ...options, tier }
      const sent = mapIds(params, { imp_uid: toProviderId, customer_uid: toProviderKey })
      const result = await account.call(endpoint, sent, ofTier)
      return result.ok ? { ...result, value: nameRecords(result.value, payee) } : result
    },
  }
}

const ofSomebodyElse: CallResult<never> = fail({
  reason: 'invalid_argument',
  parameter: 'payee',
  problem: 'malformed',
})

/** A payment that is named beside those of another payee is not found there. */
function payeeOfParams(params: object): Payee | undefined {
  const { imp_uid, customer_uid }: Ids = params
  const payment = firstOf(imp_uid)
  const key = firstOf(customer_uid)
  const ofPayment = payment === undefined ? undefined : payeeOf(payment as ImpUid)
  return ofPayment ?? (key === undefined ? undefined : payeeOfKey(key))
}

/** What a call or a record may name: one id or a list. */
interface Ids {
  readonly imp_uid?: unknown
  readonly customer_uid?: unknown
}

function firstOf(ids: unknown): string | undefined {
  const first: unknown = Array.isArray(ids) ? ids[0] : ids
  return typeof first === 'string' ? first : undefined
}

function createUnknownClient(payee: Payee): Client {
  const message = `ACCOUNTS and TIERS do not name the payee ${payee}`
  const refused: CallResult<never> = fail({
    reason: 'unauthorized',
    httpStatus: 401,
    code: null,
    message,
  })
  return { call: async () => refused }
}

/** How the ids of payments and of keys are changed. */
interface NameIds {
  readonly imp_uid: (id: ImpUid) => ImpUid
  readonly customer_uid: (id: string) => string
}

/** Changes the fields that name payments and keys, each of which is one id or a list. */
function mapIds<Fields extends object>(fields: Fields, name: NameIds): Fields {
  const { imp_uid, customer_uid }: Ids = fields
  const toPayment = (id: string) => name.imp_uid(id as ImpUid)
  return {
    ...fields,
    ...('imp_uid' in fields ? { imp_uid: mapEach(imp_uid, toPayment) } : {}),
    ...('customer_uid' in fields ? { customer_uid: mapEach(customer_uid, name.customer_uid) } : {}),
  }
}

function mapEach(ids: unknown, name: (id: string) => string): unknown {
  const rename = (id: unknown) => (typeof id === 'string' && id !== '' ? name(id) : id)
  return Array.isArray(ids) ? ids.map(rename) : rename(ids)
}

/** Names the payee in a record, in each of a list, or in each of a page of records. */
function nameRecords<Value>(value: Value, payee: Payee): Value {
  if (!isObject(value)) return value
  const names: NameIds = {
    imp_uid: (impUid) => toPaymentOf(impUid, payee),
    customer_uid: (customerUid) => toKeyOf(customerUid, payee),
  }
  const name = (record: object) => mapIds(record, names)
  const nameAll = (records: readonly unknown[]) =>
    records.map((each) => (isObject(each) ? name(each) : each))
  if (Array.isArray(value)) return nameAll(value) as Value
  const { list }: { readonly list?: unknown } = value
  return (Array.isArray(list) ? { ...value, list: nameAll(list) } : name(value)) as Value
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
