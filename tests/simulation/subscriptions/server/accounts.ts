import { providerUrl } from '../../worker/settings.ts'

/** A merchant account at a provider of its own. */
export interface Account {
  /** The name in the server's settings; null for the account that needs none. */
  readonly name: 'second' | null
  readonly impKey: string
  readonly impSecret: string
  readonly url: string
}

export const first: Account = {
  name: null,
  impKey: 'simulator-key',
  impSecret: 'simulator-secret',
  url: providerUrl,
}

export const second: Account = {
  name: 'second',
  impKey: 'second-key',
  impSecret: 'second-secret',
  url: 'https://second.example',
}

/** Both accounts; each has payments and billing keys with the ids of the other's. */
export const accounts: readonly Account[] = [first, second]

/** The setting `ACCOUNTS`. */
export const accountsSetting = JSON.stringify({
  second: { imp_key: second.impKey, imp_secret: second.impSecret, provider_url: second.url },
})
