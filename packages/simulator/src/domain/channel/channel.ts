/** One PG contract of a merchant, as the console lists it. */
export interface Channel {
  /** The PG's code. */
  pg_provider: string
  /** The merchant's id at the PG (MID). */
  pg_id: string
  /** The key by which a request names the channel. */
  channel_key: string
  /** What it is for; only `payment` and `certification` open a window. */
  type: 'payment' | 'api_payment' | 'certification'
  /** True for a test channel. */
  sandbox: boolean
  /** Which generation of the PG's module it is. */
  module: 'legacy' | 'new'
  /** The store of the console that it belongs to. */
  store_id: string
  /** The smart-routing group it belongs to: a key issued for the group is issued at each of its channels. */
  channel_group_id?: string
}

/** When and how webhooks are sent; `timing` is relative to the browser's return. */
export interface WebhookPlan {
  /** `with` is at the same moment, `never` sends none. */
  timing: 'before' | 'with' | 'after' | 'never'
  /** Milliseconds between that moment and the webhook. */
  delayMs: number
  /** How many times the same webhook is sent. */
  times: number
  /** The encoding of its body. */
  contentType: 'json' | 'form'
}
