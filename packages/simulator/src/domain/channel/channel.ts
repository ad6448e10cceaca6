/** One PG contract of a merchant, as the console lists it. */
export interface Channel {
  pg_provider: string
  pg_id: string
  channel_key: string
  type: 'payment' | 'api_payment' | 'certification'
  sandbox: boolean
  module: 'legacy' | 'new'
  store_id: string
  /** The smart-routing group it belongs to: a key issued for the group is issued at each of its channels. */
  channel_group_id?: string
}

/** When and how webhooks are sent; `timing` is relative to the browser's return. */
export interface WebhookPlan {
  timing: 'before' | 'with' | 'after' | 'never'
  delayMs: number
  times: number
  contentType: 'json' | 'form'
}
