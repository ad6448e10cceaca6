import { isRecord } from '../engine/path.ts'
import { shown } from '../engine/rule-check.ts'
import type { PaymentParameters } from '../model/context.ts'
import type { Finding } from '../words/sentences.ts'

const source = 'sdk payrq.mdx:16-26'

/** What guides print where a value belongs, and what a page makes of a value that it does not have. */
const patterns: readonly RegExp[] = [
  /^\s*\{.*\}\s*$/s,
  /\$\{[^}]*\}/,
  /\{\{.*\}\}/s,
  /^\s*<[^<>]*>\s*$/,
  /^\[object \w+\]$/,
  /(^|[_-])(undefined|null|NaN)$/,
  /^Y{4}-?M{2}-?D{2}/i,
  /^(your[-_ ])|^YOUR_/,
  /^channel-key-(x{3,}|your|\.{3})/i,
  /^imp0{8}$/,
  /^(입력|여기에|예시)|(을|를) ?입력/,
]

/** Values that nobody filled in. The texts that a buyer reads may look like anything and are left alone. */
export function findPlaceholders(parameters: PaymentParameters): readonly Finding[] {
  return Object.entries(parameters).flatMap(([name, value]) => findIn(name, value, 0))
}

function findIn(parameter: string, value: unknown, depth: number): readonly Finding[] {
  if (typeof value === 'string') {
    const isLeft = patterns.some((pattern) => pattern.test(value))
    return isLeft && parameter !== 'custom_data'
      ? [{ parameter, reason: 'placeholder', strength: 'type', source, detail: shown(value) }]
      : []
  }
  return depth < 3 && isRecord(value)
    ? Object.entries(value).flatMap(([name, each]) =>
        findIn(`${parameter}.${name}`, each, depth + 1),
      )
    : []
}
