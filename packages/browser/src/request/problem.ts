/** Something about a request that its PG does not take, as a check of rules reports it. */
export interface RequestProblem {
  /** The name of the parameter. */
  readonly parameter: string
  /** The sentence for a developer, in Korean. */
  readonly ko: string
  /** The sentence for a developer, in English. */
  readonly en: string
  /** How sure it is: only `refused` and `text` (and a problem that does not say) keep the window closed. */
  readonly strength?: string
}

/** Finds what is wrong with a request before its window opens, such as `check` of `@quayside/rules`. */
export type RequestCheck = (params: Readonly<Record<string, unknown>>) => readonly RequestProblem[]

/** The problems that keep a window closed. */
export function findRefusals(
  params: Readonly<Record<string, unknown>>,
  check: RequestCheck | undefined,
): readonly RequestProblem[] {
  return (check?.(params) ?? []).filter(({ strength = 'text' }) =>
    ['refused', 'text'].includes(strength),
  )
}
