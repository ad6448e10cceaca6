import type { Values } from '../settings/settings.ts'

const names = ['IMP_KEY', 'IMP_SECRET', 'MERCHANT_API_KEY', 'ORDER_TOKEN_SECRET', 'EVENT_SECRETS']
/** Shorter text occurs in sentences by chance. */
const minLength = 6

/** Returns a text without any secret of the settings: what another server answers may repeat what it was sent. */
export function redactSecrets(text: string, values: Values): string {
  const secrets = names.flatMap((name) => (values[name] ?? '').split(','))
  const ofAccounts = secretsOfAccounts(values['ACCOUNTS'] ?? '')
  const password = passwordOf(values['DATABASE_URL'] ?? '')
  return [...secrets.map((each) => each.trim()), ...ofAccounts, ...password]
    .filter((secret) => secret.length >= minLength)
    .reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text)
}

/** The password of an address as it is written and as the database gets it. */
function passwordOf(url: string): readonly string[] {
  const { password } = URL.canParse(url) ? new URL(url) : { password: '' }
  try {
    return [password, decodeURIComponent(password)]
  } catch {
    // A broken percent-encoding: the driver gets nothing either.
    return [password]
  }
}

/** The keys in a JSON text, also where it is malformed: there it is no setting, and is still not to be repeated. */
function secretsOfAccounts(text: string): readonly string[] {
  return [...text.matchAll(/"imp_(?:key|secret)"\s*:\s*"([^"]*)"/g)].map(
    ([, secret = '']) => secret,
  )
}
