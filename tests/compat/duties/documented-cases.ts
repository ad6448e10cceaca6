import {
  type DocumentedRequest,
  type MandatoryParameter,
  pathsOf,
  requestsOf,
} from './documented-request.ts'
import documented from './mandatory-parameters.json' with { type: 'json' }

/** Facts that another fact or the same one contradicts. */
const contradicted: readonly string[] = [
  // A missing share is 0, and a virtual account takes none: ksnet/readme.mdx.
  'ksnet tax_free',
  // The same line says that an empty one lets the buyer choose.
  'kcp_quick customer_uid bypass.kcpQuick.actionType=Pay',
]
/** A request is one for a key because it has this parameter. */
const isItsOwnCondition = ({ param, when }: MandatoryParameter) =>
  param === 'customer_uid' && when === 'intent=issue_key'

/** What the pages call mandatory. */
export const facts: readonly MandatoryParameter[] = documented.filter(
  (fact) => !contradicted.includes(`${fact.pg} ${fact.param}`) && !isItsOwnCondition(fact),
)
/** A fact in one line. */
export const toText = ({ pg, param, when }: MandatoryParameter) => `${pg}: ${param} (${when})`

/** A request that meets what the pages demand, and one of the parameters that it must not lack. */
export interface DocumentedCase {
  readonly fact: MandatoryParameter
  readonly pg: string
  readonly path: string
  readonly when: string
  readonly request: DocumentedRequest
}

/** One for each parameter and each alternative of a fact. */
export const cases: readonly DocumentedCase[] = facts.flatMap((fact) =>
  pathsOf(fact).flatMap((path) =>
    requestsOf(fact, facts)
      .filter(({ params }) => !isChooser(fact, path, params))
      .map((request) => ({ fact, pg: fact.pg, path, when: fact.when, request })),
  ),
)

function isChooser({ pg }: MandatoryParameter, path: string, params: object): boolean {
  const isPay = JSON.stringify(params).includes('"actionType":"Pay"')
  return isPay && contradicted.includes(`${pg} ${path} bypass.kcpQuick.actionType=Pay`)
}

/** The number of all facts. */
export const documentedCount = documented.length
