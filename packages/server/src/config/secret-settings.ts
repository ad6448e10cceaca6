import * as z from 'zod/mini'
import { toList } from './lists.ts'

export const secret = z.string().check(z.regex(/^[\x21-\x7e]+$/))
export const ownSecret = z.string().check(z.regex(/^[\x21-\x7e]{16,}$/))
/** The current secret, and the one that it replaces. */
export const ownSecrets = z.pipe(
  z.pipe(z.string(), z.transform(toList)),
  z.tuple([ownSecret], ownSecret).check(z.refine((all) => all.length <= 2)),
)

const eventSecret = z.string().check(z.refine(isEventSecret))
export const eventSecrets = z.pipe(
  z.pipe(z.string(), z.transform(toList)),
  z.array(eventSecret).check(z.maxLength(5)),
)

/** Standard Webhooks requires 24 to 64 random bytes. */
function isEventSecret(text: string): boolean {
  const [, code = ''] =
    /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(text) ?? []
  const bytes = (code.replaceAll('=', '').length * 3) / 4
  return bytes >= 24 && bytes < 65
}
