import facts from '../../../packages/client/facts/operations.json' with { type: 'json' }

/** A type as the facts describe it: a primitive, the name of a schema, or a list of one of them. */
export type FactType = string | readonly (string | null)[]

/** One parameter of an operation. */
export interface Param {
  readonly name: string
  readonly in: string
  readonly type: FactType
  readonly required: boolean
  readonly enum?: readonly string[] | undefined
}

/** One documented operation. */
export interface Operation {
  readonly method: string
  readonly path: string
  readonly params: readonly Param[]
  /** The name of its response's schema; null where it is not documented. */
  readonly response: string | null
}

/** One documented schema. */
export interface Definition {
  readonly required: readonly string[]
  readonly fields: Readonly<Record<string, { readonly type: FactType }>>
}

/** The documented operations. */
export const operations: readonly Operation[] = facts.operations

/** The type of `response` in each envelope. */
export const wrappers: Readonly<Record<string, FactType>> = facts.wrappers

/** The documented schemas, by name. */
export const definitions: Readonly<Record<string, Definition>> = facts.definitions
