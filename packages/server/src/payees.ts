import type { CallOptions, CallResult, Client } from '@quayside/client'
import { fail, type ImpUid, type Payee, payeeOf, toPaymentOf } from '@quayside/core'
import { readPayee, toProviderId } from './domain/payee.ts'

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
   * Calls about a payment go to its payee, all others to the account of `IMP_KEY`.
   */
  readonly client: Client
  /** Left out where the settings name nobody else. */
  readonly payees?: Payees
}

/** Everyone who is paid; undefined is the account of `IMP_KEY`. */
export function allPayees({ payees }: Pick<PayeeDeps, 'payees'>): readonly (Payee | undefined)[] {
  return [undefined, ...(payees?.others ?? [])]
}

/** Returns the same with the client of a payee, for calls that name no payment. */
export function toDepsOf<Deps extends PayeeDeps>(payee: Payee | undefined, deps: Deps): Deps {
  if (payee === undefined) return deps
  return { ...deps, client: deps.payees?.clientOf(payee) ?? createUnknownClient(payee) }
}

/**
 * Makes the client of the account of `IMP_KEY` one that sends calls about payments of others to them. One that the settings
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
 * Makes the client of a payee from that of its account: calls have the tier, and ids of payments end with the payee here, and not at
 * the provider.
 */
export function createPayeeClient(account: Client, payee: Payee): Client {
  const { tier } = readPayee(payee)
  return {
    call: async (endpoint, params, options) => {
      const ofTier: CallOptions = tier === null ? { ...options } : { ...options, tier }
      const sent = mapPaymentIds(params, toProviderId)
      const result = await account.call(endpoint, sent, ofTier)
      return result.ok ? { ...result, value: nameRecords(result.value, payee) } : result
    },
  }
}

/** A payment that is named beside those of another payee is not found there. */
function payeeOfParams(params: object): Payee | undefined {
  const ids: unknown = 'imp_uid' in params ? params.imp_uid : undefined
  const first: unknown = Array.isArray(ids) ? ids[0] : ids
  return typeof first === 'string' ? payeeOf(first as ImpUid) : undefined
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

type NameId = (impUid: ImpUid) => ImpUid

/** Changes the field `imp_uid`, which is one id or a list. */
function mapPaymentIds<Fields extends object>(fields: Fields, name: NameId): Fields {
  if (!('imp_uid' in fields)) return fields
  const { imp_uid: ids } = fields
  const mapped: unknown = Array.isArray(ids) ? ids.map(toName(name)) : toName(name)(ids)
  return { ...fields, imp_uid: mapped }
}

function toName(name: NameId): (id: unknown) => unknown {
  return (id) => (typeof id === 'string' ? name(id as ImpUid) : id)
}

/** Names the payee in a record, in each of a list, or in each of a page of records. */
function nameRecords<Value>(value: Value, payee: Payee): Value {
  if (!isObject(value)) return value
  const name = (record: object) => mapPaymentIds(record, (impUid) => toPaymentOf(impUid, payee))
  const nameAll = (records: readonly unknown[]) =>
    records.map((each) => (isObject(each) ? name(each) : each))
  if (Array.isArray(value)) return nameAll(value) as Value
  const { list }: { readonly list?: unknown } = value
  return (Array.isArray(list) ? { ...value, list: nameAll(list) } : name(value)) as Value
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
