import { list } from './setting.ts'

export const isSecret = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)

export const isOwnSecret = (text: string): boolean => /^[\x21-\x7e]{16,}$/.test(text)

const readSecrets = list(isOwnSecret, 2)

/** The current secret, and the one that it replaces. */
export function ownSecrets(text: string): readonly [string, ...string[]] | undefined {
  const [current, ...replaced] = readSecrets(text) ?? []
  return current === undefined ? undefined : [current, ...replaced]
}

export const eventSecrets = list(isEventSecret, 5)

/** Standard Webhooks requires 24 to 64 random bytes. */
function isEventSecret(text: string): boolean {
  const [, code = ''] =
    /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(text) ?? []
  const bytes = (code.replaceAll('=', '').length * 3) / 4
  return bytes >= 24 && bytes < 65
}
