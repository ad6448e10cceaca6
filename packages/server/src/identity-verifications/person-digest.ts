import { type PersonDetails, type PersonKey, toComparableDetails } from '@quayside/core'

const encoder = new TextEncoder()

/** Makes digests under one secret. Without the secret, a digest can be compared with nothing. */
export type Digest = (...texts: readonly string[]) => Promise<string>

export async function createDigest(secret: string): Promise<Digest> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [
    'sign',
  ])
  return async (...texts) => {
    // None of the texts has a line break that could move its end.
    const message = encoder.encode(texts.map((text) => JSON.stringify(text)).join('\n'))
    return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, message)))
  }
}

/**
 * Returns the key of a person as it is stored and shown: the same for each verification of the person. A DI is one of its PG,
 * so that equal DIs of two PGs are not one person.
 */
export async function toStoredPersonKey(
  { kind, value }: PersonKey,
  pgProvider: string | null,
  digest: Digest,
): Promise<string> {
  const scope = kind === 'ci' ? '' : (pgProvider ?? '')
  return `${kind}:${await digest('person', kind, scope, value)}`
}

/**
 * Returns the digests of details of a person. They contain the id of the verification, so that of two verifications nobody
 * can tell from the database whether they expect the same person.
 */
export async function toDetailDigests(
  id: string,
  person: PersonDetails,
  digest: Digest,
): Promise<PersonDetails> {
  const { name, birthday, phone } = toComparableDetails(person)
  const ofField = async (field: string, value: string | null) =>
    value === null ? null : digest('detail', id, field, value)
  return {
    name: await ofField('name', name),
    birthday: await ofField('birthday', birthday),
    phone: await ofField('phone', phone),
  }
}

function toBase64Url(bytes: Uint8Array): string {
  const plain = btoa(String.fromCharCode(...bytes))
  return plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
